/**
 * We refuse something before it is sent. The first line says what, the second what to do.
 * @example new PlanError("No column name given.", 'Pass one: df.select("host")')
 */
export class PlanError extends Error {
  override readonly name = "PlanError";
  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
  }
}
