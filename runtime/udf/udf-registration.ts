import { PlanError } from "../connect/plan-error.ts";
import { registerFunction } from "../plan/python-udf.ts";
import type { Job } from "../jobs/index.ts";
import { dataType } from "../plan/data-type.ts";
import { registerJavaFunction } from "../plan/java-function.ts";
import { checkText } from "../sql/check-text.ts";
import { notOnSail } from "../sql/not-on-sail.ts";
import { SparkSession } from "../sql/spark-session.ts";
import { checkFunction } from "./captured-function.ts";
import { returnType as typeOf, type TypeLike } from "./return-type.ts";
import { checkSqlName } from "./sql-name.ts";
import { SessionFunctions } from "./session-functions.ts";
import {
  definitionOf,
  type FunctionDefinition,
  pythonFunction,
  userDefinedFunction,
  type UserDefinedFunction,
} from "./user-defined-function.ts";

declare module "../sql/spark-session.ts" {
  interface SparkSession {
    /** Gives functions of yours a name in SQL. */
    readonly udf: UDFRegistration;
  }
}

/**
 * Gives functions of yours a name in SQL: `spark.udf`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/udf.html
 */
export class UDFRegistration {
  readonly #session: SparkSession;

  /** Use `spark.udf`. */
  constructor(session: SparkSession) {
    this.#session = session;
  }

  /**
   * Gives a function a name in SQL, in this session; also after the engine was restarted. It is copied now, with the
   * variables it uses as they are, and sent at once, in the order of the session's commands.
   * @param name as SQL calls it
   * @param f a TypeScript function over values, or one made by `udf` or `arrowUdf`
   * @param returnType of a TypeScript function; default: "string"
   * @returns the same function, for columns
   * @throws PlanError for a wrong name, or a return type beside a function that has one
   * @example
   * spark.udf.register("shout", (text: string) => text.toUpperCase());
   * await spark.sql("SELECT shout('hi')").show();
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.UDFRegistration.register.html
   */
  register(
    name: string,
    f: UserDefinedFunction | ((...args: never[]) => unknown),
    returnType?: TypeLike,
  ): UserDefinedFunction {
    checkSqlName("spark.udf.register()", name);
    const made = definitionOf(f);
    if (made && returnType !== undefined) {
      throw new PlanError(
        `spark.udf.register() was given a return type beside ${made.name}, which has one.`,
        `Leave it out: spark.udf.register("${name}", ${made.name === "<lambda>" ? "f" : made.name})`,
      );
    }
    const definition: FunctionDefinition = made
      ? { ...made, name }
      : this.#definition(name, f as (...args: never[]) => unknown, returnType);
    const functions = SessionFunctions.of(this.#session);
    // A function without parameters is called without arguments, for which Spark has another way.
    const isConstant =
      definition.shape === "scalar" && definition.fn.length === 0 && takesNone(definition.fn);
    functions.register(name, registerFunction(pythonFunction(functions, definition, { isConstant })));
    return userDefinedFunction(definition);
  }

  /**
   * Gives a Java function, a class of `org.apache.spark.sql.api.java.UDF0` and so on, a name in SQL. The server finds the
   * class in its own jars and those of `spark.addArtifacts`.
   * @param returnType DDL or a data type; default: what the class says
   * @throws SparkError when the server doesn't find the class
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.UDFRegistration.registerJavaFunction.html
   */
  registerJavaFunction(name: string, javaClassName: string, returnType?: TypeLike): Job<void> {
    return this.#registerJava("registerJavaFunction", name, javaClassName, { returnType, aggregate: false });
  }

  /** {@link registerJavaFunction} for a class of `UserDefinedAggregateFunction`. */
  registerJavaUDAF(name: string, javaClassName: string): Job<void> {
    return this.#registerJava("registerJavaUDAF", name, javaClassName, { aggregate: true });
  }

  #registerJava(
    method: string,
    name: string,
    className: string,
    { returnType, aggregate }: { returnType?: TypeLike; aggregate: boolean },
  ): Job<void> {
    const example = `spark.udf.${method}("shout", "org.example.Shout")`;
    const functionName = checkText(name, `${method}(name)`, example);
    checkText(className, `${method}(javaClassName)`, example);
    const type = returnType === undefined ? undefined : dataType(typeOf(`spark.udf.${method}()`, returnType));
    if (this.#session.engine.name === "sail") throw notOnSail("calling functions of Java classes");
    const command = registerJavaFunction({ functionName, className, type, aggregate });
    return SessionFunctions.of(this.#session).register(functionName, command);
  }

  #definition(
    name: string,
    fn: (...args: never[]) => unknown,
    returnType: TypeLike = "string",
  ): FunctionDefinition {
    const method = "spark.udf.register()";
    checkFunction(method, fn, `spark.udf.register("${name}", (x: number) => x + 1, "int")`);
    const returns = typeOf(method, returnType);
    return { method: "spark.udf.register", fn, name, shape: "scalar", returns, deterministic: true };
  }
}

/** Whether a function's text has no parameters at all: `length` is 0 for rest parameters and defaults too. */
function takesNone(fn: (...args: never[]) => unknown): boolean {
  const text = Function.prototype.toString.call(fn);
  return /^(?:function\b[^(]*|[\w$]+\s*)?\(\s*\)/.test(text);
}

const registrations = new WeakMap<SparkSession, UDFRegistration>();

// `sql` can't import this room, so the property of its class is added from here.
Object.defineProperty(SparkSession.prototype, "udf", {
  configurable: true,
  get(this: SparkSession): UDFRegistration {
    let registration = registrations.get(this);
    if (!registration) registrations.set(this, (registration = new UDFRegistration(this)));
    return registration;
  },
});
