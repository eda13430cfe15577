/**
 * Why a storage failed: NOT_FOUND; PERMISSION (the account may not); NO_SPACE (disk, quota); UNREACHABLE (no server
 * answered, within limits); OTHER.
 */
export type StorageErrorCode = "NOT_FOUND" | "PERMISSION" | "NO_SPACE" | "UNREACHABLE" | "OTHER";

/** A storage could not do what it was asked. The second line of the message says what to do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
    this.code = code;
  }
}
