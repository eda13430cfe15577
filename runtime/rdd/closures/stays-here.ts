/** On objects that belong to this process and say what they are when a function tries to take them along. */
export const staysHere: unique symbol = Symbol.for("sightline.staysHere");
