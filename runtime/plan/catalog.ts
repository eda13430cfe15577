// Relations of the catalog: a question about tables, views, functions and databases, or a change of them.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CatalogSchema } from "../connect/generated/catalog_pb.js";
import { type Relation, relation } from "./relation.ts";

/** What is asked, by the name that the protocol has for it. */
export type CatalogRequest = NonNullable<MessageInitShape<typeof CatalogSchema>["catType"]>;

export function catalog(request: CatalogRequest): Relation {
  return relation({ case: "catalog", value: { catType: request } });
}
