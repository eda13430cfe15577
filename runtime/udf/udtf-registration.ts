import { PlanError } from "../connect/plan-error.ts";
import { registerTableFunction } from "../plan/python-udf.ts";
import { SparkSession } from "../sql/spark-session.ts";
import { checkSqlName } from "./sql-name.ts";
import { SessionFunctions } from "./session-functions.ts";
import { pythonTableFunction, tableDefinitionOf, type UserDefinedTableFunction } from "./udtf.ts";

declare module "../sql/spark-session.ts" {
  interface SparkSession {
    /** Gives table functions of yours a name in SQL. */
    readonly udtf: UDTFRegistration;
  }
}

/**
 * Gives table functions of yours a name in SQL: `spark.udtf`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/udtf.html
 */
export class UDTFRegistration {
  readonly #session: SparkSession;

  /** Use `spark.udtf`. */
  constructor(session: SparkSession) {
    this.#session = session;
  }

  /**
   * Gives a table function a name in SQL, in this session; also after the engine was restarted. It is copied now, with
   * the variables it uses as they are, and sent at once, in the order of the session's commands.
   * @param name as SQL calls it
   * @param f made by `udtf`
   * @example
   * spark.udtf.register("words", udtf(Words, "word string"));
   * await spark.sql("SELECT * FROM lines, LATERAL words(lines.text)").show();
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.UDTFRegistration.register.html
   */
  register(name: string, f: UserDefinedTableFunction): UserDefinedTableFunction {
    checkSqlName("spark.udtf.register()", name);
    const definition = tableDefinitionOf(f);
    if (!definition) {
      throw new PlanError(
        `spark.udtf.register() was given ${f === null ? "null" : typeof f}, not a table function.`,
        `Make one first: spark.udtf.register("${name}", udtf(MyClass, "word string"))`,
      );
    }
    const functions = SessionFunctions.of(this.#session);
    functions.register(
      `table ${name}`,
      registerTableFunction(pythonTableFunction(functions, { ...definition, name })),
    );
    return f;
  }
}

const registrations = new WeakMap<SparkSession, UDTFRegistration>();

// `sql` can't import this room, so the property of its class is added from here.
Object.defineProperty(SparkSession.prototype, "udtf", {
  configurable: true,
  get(this: SparkSession): UDTFRegistration {
    let registration = registrations.get(this);
    if (!registration) registrations.set(this, (registration = new UDTFRegistration(this)));
    return registration;
  },
});
