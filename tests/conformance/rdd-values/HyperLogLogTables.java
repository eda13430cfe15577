import com.clearspring.analytics.stream.cardinality.HyperLogLogPlus;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables by which Spark's sketches correct their estimates. */
class HyperLogLogTables {
  public static void main(String[] arguments) throws Exception {
    System.out.println(String.format("{\"thresholds\":%s,\n\"estimates\":[%s],\n\"biases\":[%s]}",
        Arrays.toString((double[]) table("thresholdData")).replace(" ", "").replace(".0,", ",").replace(".0]", "]"),
        rows("rawEstimateData"), rows("biasData")));
  }

  static Object table(String name) throws Exception {
    var field = HyperLogLogPlus.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  static String rows(String name) throws Exception {
    return Stream.of((double[][]) table(name))
        .map(row -> Arrays.toString(row).replace(" ", "").replace(".0,", ",").replace(".0]", "]"))
        .collect(Collectors.joining(",\n"));
  }
}
