/** What Spark reads when it starts and never again. */
const atStart =
  /^spark\.(?:(?:archives|cores|default|driver|dynamicAllocation|eventLog|executor|executorEnv|extraListeners|files|hadoop|io|jars|kryo\w*|local|memory|network|plugins|pyspark|python|rdd|repl|scheduler|serializer|shuffle|speculation|storage|submit|task|ui)(?:\.|$)|sql\.(?:extensions|warehouse\.dir|catalogImplementation|hive\.metastore\.(?:jars|version))$|sql\.catalog\.)/;

/** Those without which a program soon fails, or with which it runs other code: nobody wants them passed over. */
const needed =
  /^spark\.(?:(?:archives|files|hadoop|jars|plugins)(?:\.|$)|driver\.(?:cores|memory|extra)|submit\.pyFiles|sql\.extensions$)/;

/** Of the settings of a builder those that Spark must be started with, such as `spark.jars.packages`. */
export function startSettings(settings: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...settings].filter(([name]) => atStart.test(name)));
}

/**
 * The first setting that a Spark which runs already would have needed at its start.
 * @param started what it was started with
 */
export function missedSetting(
  settings: ReadonlyMap<string, string>,
  started: ReadonlyMap<string, string>,
): string | undefined {
  for (const [name, value] of settings) {
    if (needed.test(name) && started.get(name) !== value) return name;
  }
  return undefined;
}
