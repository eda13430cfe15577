/** The settings under which cases are recorded and run; all else is as the engine has it by default. */
export const settings: Readonly<Record<string, string>> = {
  "spark.sql.session.timeZone": "UTC",
  "spark.sql.shuffle.partitions": "2",
  "spark.sql.timeType.enabled": "true",
};
