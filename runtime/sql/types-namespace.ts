// What `types` holds: the data types, the values that rows carry, and schemas from DDL.
export * from "./types.ts";
export { parseDDL as fromDDL } from "./parse-ddl.ts";
export { CalendarInterval } from "./values/calendar-interval.ts";
export { DayTimeInterval } from "./values/day-time-interval.ts";
export { Decimal } from "./decimal.ts";
export { Geography, Geometry } from "./values/shape.ts";
export { Row } from "./row.ts";
export { Time } from "./values/time.ts";
export { Timestamp } from "./timestamp.ts";
export { VariantVal } from "./values/variant-val.ts";
export { YearMonthInterval } from "./values/year-month-interval.ts";
