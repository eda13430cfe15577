import type { Expression_Literal } from "../connect/generated/expressions_pb.js";
import { Decimal } from "./decimal.ts";
import { Timestamp } from "./timestamp.ts";

const dayMs = 86_400_000;

/** The value that a constant of the protocol stands for, as rows carry it. */
export function valueOfLiteral({ literalType }: Expression_Literal): unknown {
  switch (literalType.case) {
    case "null":
    case undefined:
      return null;
    case "long": {
      const { value } = literalType;
      const isSafe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
      return isSafe ? Number(value) : value;
    }
    case "decimal":
      return new Decimal(literalType.value.value);
    case "date":
      return new Date(literalType.value * dayMs);
    case "timestamp":
    case "timestampNtz":
      return new Timestamp(literalType.value);
    case "array":
      return literalType.value.elements.map(valueOfLiteral);
    case "map": {
      const { keys, values } = literalType.value;
      return new Map(keys.map((key, i) => [valueOfLiteral(key), valueOfLiteral(values[i])]));
    }
    case "struct":
      return literalType.value.elements.map(valueOfLiteral);
    default:
      return literalType.value;
  }
}
