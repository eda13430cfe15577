import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Command, CommandSchema } from "../connect/generated/commands_pb.js";
import type { DataTypeSchema } from "../connect/generated/types_pb.js";

export interface JavaFunction {
  readonly functionName: string;
  readonly className: string;
  /** A message, or the type's name; none = as the class says. */
  readonly type?: MessageInitShape<typeof DataTypeSchema> | string;
  readonly aggregate: boolean;
}

/** Gives a class of the server's jars a name in SQL. */
export function registerJavaFunction({ functionName, className, type, aggregate }: JavaFunction): Command {
  const outputType =
    typeof type === "string"
      ? { kind: { case: "unparsed" as const, value: { dataTypeString: type } } }
      : type;
  return create(CommandSchema, {
    commandType: {
      case: "registerFunction",
      value: { functionName, function: { case: "javaUdf", value: { className, outputType, aggregate } } },
    },
  });
}
