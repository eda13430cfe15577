// Rewrites generated/ from the protobuf descriptors inside pyspark-client: `npm run generate`.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const out = join(import.meta.dirname, "generated");

// The package's own __init__ wants a Spark installation, so stand-ins lead straight to its messages.
const dump = `
import importlib, importlib.util, sys, types
from google.protobuf import descriptor_pb2
home = importlib.util.find_spec("pyspark").submodule_search_locations[0]
for name in ("pyspark", "pyspark.sql", "pyspark.sql.connect"):
    package = sys.modules[name] = types.ModuleType(name)
    package.__path__ = [home + name.removeprefix("pyspark").replace(".", "/")]
base_pb2 = importlib.import_module("pyspark.sql.connect.proto.base_pb2")
files, seen = descriptor_pb2.FileDescriptorSet(), set()
def add(file):
    if file.name in seen: return
    seen.add(file.name)
    for dependency in file.dependencies: add(dependency)
    file.CopyToProto(files.file.add())
add(base_pb2.DESCRIPTOR)
sys.stdout.buffer.write(files.SerializeToString())
`;

const maxBuffer = 64 << 20;
const descriptors = execFileSync(join(root, ".venv/bin/python"), ["-W", "ignore", "-c", dump], { maxBuffer });
const { file } = fromBinary(FileDescriptorSetSchema, descriptors);
const request = create(CodeGeneratorRequestSchema, {
  protoFile: file,
  fileToGenerate: file.map((f) => f.name).filter((name) => name.startsWith("spark/")),
  parameter: "target=js+dts,import_extension=js",
});
const response = fromBinary(
  CodeGeneratorResponseSchema,
  execFileSync(join(root, "node_modules/.bin/protoc-gen-es"), {
    input: toBinary(CodeGeneratorRequestSchema, request),
    maxBuffer,
  }),
);
if (response.error) throw new Error(`protoc-gen-es: ${response.error}`);

rmSync(out, { recursive: true, force: true });
for (const { name, content } of response.file) {
  const path = join(out, name.replace(/^spark\/connect\//, ""));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
console.log(`wrote ${response.file.length} files to runtime/connect/generated`);
