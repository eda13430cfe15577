import com.clearspring.analytics.stream.cardinality.HyperLogLogPlus;

/** What Spark's sketch says of the numbers below some limits, one JSON line each: precision, limit, cardinality. */
class Cardinalities {
  public static void main(String[] arguments) {
    int[] limits = {0, 1, 2, 3, 10, 40, 100, 500, 1000, 2000, 3000, 5000, 20000, 100000};
    for (int precision : new int[] {4, 5, 6, 9, 10, 12, 14, 18, 19}) {
      HyperLogLogPlus sketch = new HyperLogLogPlus(precision, 0);
      int next = 0;
      for (int limit : limits) {
        // As PySpark's hashes arrive: of 32 bits, as Integer or, above its range, as Long.
        for (; next < limit; next++) {
          long hash = next * 2654435761L & 0xffffffffL;
          sketch.offer(hash <= Integer.MAX_VALUE ? (Object) (int) hash : (Object) hash);
        }
        System.out.println(String.format("[%d,%d,%d]", precision, limit, sketch.cardinality()));
      }
    }
  }
}
