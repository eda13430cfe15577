/**
 * The byte table of a graph: typed columns behind a directory. Version 1, little-endian throughout.
 *
 * | offset       | type | length | meaning                                                  |
 * | ------------ | ---- | ------ | -------------------------------------------------------- |
 * | 0            | u8   | 4      | magic, "SLGR"                                            |
 * | 4            | u16  | 2      | version, 1                                               |
 * | 6            | u16  | 2      | C, the number of columns                                 |
 * | 8            | u32  | 4      | N, the number of nodes                                   |
 * | 12           | u32  | 4      | E, the number of edges                                   |
 * | 16 + 16c     | u16  | 2      | column c: its code in graph-columns.ts (unknown: skipped)|
 * | 18 + 16c     | u16  | 2      | column c: its type, 1 u8, 2 u32, 3 f32, 4 box16, 5 utf8  |
 * | 20 + 16c     | u32  | 4      | column c: number of values, N or E times its width       |
 * | 24 + 16c     | u32  | 4      | column c: offset of its data, a multiple of 4            |
 * | 28 + 16c     | u32  | 4      | column c: length of its data in bytes                    |
 *
 * Data of a column with V values, at its offset:
 *
 * | type  | layout                                                                             |
 * | ----- | ---------------------------------------------------------------------------------- |
 * | u8    | V × u8                                                                             |
 * | u32   | V × u32; a colour is 0xRRGGBBAA                                                    |
 * | f32   | V × f32                                                                            |
 * | box16 | 3 × f32: left, bottom, side of a square; then V × u16: x, y, … as 65535ths of it   |
 * | utf8  | (V + 1) × u32: where each text begins, the first 0; then the UTF-8 bytes           |
 */
export const graphMagic = 0x52474c53;
export const graphVersion = 1;
export const headerBytes = 16;
export const entryBytes = 16;
