import java.util.Arrays;
import java.util.Random;

/** Draws of java.util.Random for several seeds, one JSON line each. */
class JavaDraws {
  public static void main(String[] arguments) {
    long[] seeds = {0, 1, -1, 42, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1640531527};
    int[] bounds = {1, 2, 3, 7, 10, 64, 1000, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE};
    for (long seed : seeds) {
      Random random = new Random(seed);
      int[][] bounded = new int[bounds.length][];
      for (int i = 0; i < bounds.length; i++) {
        int bound = bounds[i];
        bounded[i] = java.util.stream.IntStream.generate(() -> random.nextInt(bound)).limit(20).toArray();
      }
      String line = "{\"seed\":\"%d\",\"bounds\":%s,\"bounded\":%s,\"ints\":%s,\"longs\":[\"%d\",\"%d\"],\"doubles\":%s}";
      System.out.println(String.format(line, seed, Arrays.toString(bounds), Arrays.deepToString(bounded),
          Arrays.toString(new int[] {random.nextInt(), random.nextInt()}), random.nextLong(), random.nextLong(),
          Arrays.toString(new double[] {random.nextDouble(), random.nextDouble()})).replace(" ", ""));
    }
  }
}
