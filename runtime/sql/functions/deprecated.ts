// Names that pyspark keeps for old programs.
export { bitwiseNot as bitwiseNOT, shiftleft as shiftLeft, shiftright as shiftRight } from "./bitwise.ts";
export { shiftrightunsigned as shiftRightUnsigned } from "./bitwise.ts";
export { degrees as toDegrees, radians as toRadians } from "./math.ts";
