import { alias, attribute, call, cast, type Expression, literal, star } from "../plan/expression.ts";
import { groupMap, type PythonFunction } from "../plan/python-udf.ts";
import { project, setOperation, SetOpType } from "../plan/relation.ts";
import { DataFrame } from "../sql/dataframe.ts";

interface Side {
  readonly df: DataFrame;
  readonly keys: readonly Expression[];
}

/**
 * Cogroups as groups of a union: Sail's own fail at a null, in any column, and don't join null keys. Each row becomes
 * its keys, the number of its side and itself as a struct; the shim takes the sides apart again.
 */
export function cogroupOfUnion(left: Side, right: Side, fn: PythonFunction): DataFrame {
  const names = left.keys.map((_, i) => `key${i}`);
  const [noLeft, noRight] = [new NoRow(left.df), new NoRow(right.df)];
  const whole = call("struct", [star()]);
  const rows = ({ df, keys }: Side, side: number, [leftRow, rightRow]: [Expression, Expression]) =>
    project(df.relation, [
      ...keys.map((key, i) => alias(key, names[i])),
      alias(literal(side), "side"),
      alias(leftRow, "left"),
      alias(rightRow, "right"),
    ]);
  const both = setOperation({
    left: rows(left, 0, [whole, noRight.expression]),
    right: rows(right, 1, [noLeft.expression, whole]),
    type: SetOpType.UNION,
    isAll: true,
  });
  const [keys, columns] = [names, [...names, "side", "left", "right"]].map((list) =>
    list.map((name) => attribute(name)),
  );
  return left.df.derive(() => groupMap(both, keys, fn, columns), right.df, noLeft.known, noRight.known);
}

/** A null of the type that a frame's rows have, which is known when the first job asks for it. */
class NoRow {
  readonly expression = cast(literal(null), "void");
  /** A frame on whose prerequisites the derived one must wait. */
  readonly known: DataFrame;

  constructor({ sparkSession, relation }: DataFrame) {
    const { exprType } = this.expression;
    this.known = new DataFrame(sparkSession, relation, [
      {
        check: async (client) => {
          if (exprType.case !== "cast" || exprType.value.castToType.case === "type") return;
          exprType.value.castToType = { case: "type", value: await client.schema(relation) };
        },
      },
    ]);
  }
}
