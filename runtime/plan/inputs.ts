import type { Relation } from "../connect/generated/relations_pb.js";

/** The relations that a relation is made of, its direct inputs. */
export function inputsOf({ relType }: Relation): Relation[] {
  return Object.values((relType.value ?? {}) as object)
    .flat()
    .filter(isRelation);
}

function isRelation(value: unknown): value is Relation {
  return (value as { $typeName?: string } | null)?.$typeName === "spark.connect.Relation";
}
