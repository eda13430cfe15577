// Python's hashes are sums of 64 bits, which JavaScript has no quick words for. WebAssembly has: this writes its code,
// by hand, since a compiler for these hundred instructions would be one more thing to install and trust.

/** Where the running hashes of nested tuples are, one word a level; the text to hash comes after. */
export const maxDepth = 1000;
export const textStart = 8192;

export interface PortableHashCode {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
  /** Each sets the hash at hand: of that many bytes from `textStart`, */
  bytes(length: number): void;
  /** of a float, */
  float(value: number): void;
  /** or the 64 bits given as halves. */
  words(low: number, high: number): void;
  /** A tuple begins at a level; */
  begin(level: number): void;
  /** the hash at hand is its next item's; */
  item(level: number): void;
  /** it ends, and the hash at hand is its own. */
  end(level: number, count: number): void;
  /** The hash at hand modulo a positive number, as Python does it: never negative. */
  modulo(divisor: number): number;
  /** Its lower 32 bits, signed. */
  low(): number;
  /** Sets the hash to another one of that many bytes from `textStart`: MurmurHash64A, as Spark's sketches take it. */
  murmur(length: number): void;
  /** Of the hash at hand, so many of its highest bits, */
  highest(bits: number): number;
  /** and after them the place of the first bit that is set, from 1. */
  run(bits: number): number;
}

/** As much of WebAssembly's interface as is used; its types come with a browser's. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}

export function compilePortableHash(): PortableHashCode {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
  return new Instance(new Module(assemble())).exports as PortableHashCode;
}

type Code = readonly (number | Code)[];

const i32 = 0x7f;
const i64 = 0x7e;
const f64 = 0x7c;
const empty = 0x40;

const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const hash = { get: [0x23, 0], set: [0x24, 0] } satisfies Record<string, Code>;
const long = (value: bigint): Code => [0x42, signed(BigInt.asIntN(64, value))];
const int = (value: number): Code => [0x41, signed(BigInt(value))];
const when = (...code: Code): Code => [0x04, empty, code, 0x0b];
const returned = 0x0f;
const load = (offset: number): Code => [0x29, 0, unsigned(offset)];
const store = (offset: number): Code => [0x37, 0, unsigned(offset)];
const op32 = { add: 0x6a, and: 0x71, shl: 0x74, remS: 0x6f, isZero: 0x45, eq: 0x46, ltS: 0x48, gtS: 0x4a };
const op64 = {
  isZero: 0x50,
  eq: 0x51,
  ltS: 0x53,
  add: 0x7c,
  sub: 0x7d,
  mul: 0x7e,
  remS: 0x81,
  and: 0x83,
  or: 0x84,
  xor: 0x85,
  clz: 0x79,
  shl: 0x86,
  shrU: 0x88,
  rotl: 0x89,
  wrap: 0xa7,
  fromI32: 0xac,
  fromU32: 0xad,
  fromF64: 0xbd,
};

/** CPython has no hash of -1. */
const notMinusOne: Code = [hash.get, long(-1n), op64.eq, when(long(-2n), hash.set)];

// SipHash-1-3 with a key of zeros, which PYTHONHASHSEED=0 makes. Parameter 0 is the length; 1 is where it reads.
const [v0, v1, v2, v3, word] = [2, 3, 4, 5, 6];
const halfRound = (a: number, b: number, c: number, d: number, s: bigint, t: bigint): Code => [
  [get(a), get(b), op64.add, set(a)],
  [get(c), get(d), op64.add, set(c)],
  [get(b), long(s), op64.rotl, get(a), op64.xor, set(b)],
  [get(d), long(t), op64.rotl, get(c), op64.xor, set(d)],
  [get(a), long(32n), op64.rotl, set(a)],
];
const round: Code = [halfRound(v0, v1, v2, v3, 13n, 16n), halfRound(v2, v1, v0, v3, 17n, 21n)];
const absorb: Code = [
  [get(v3), get(word), op64.xor, set(v3)],
  round,
  [get(v0), get(word), op64.xor, set(v0)],
];
const left: Code = [get(0), int(7), op32.and];
const bytes: Code = [
  [get(0), op32.isZero, when(long(0n), hash.set, returned)],
  [long(0x736f6d6570736575n), set(v0), long(0x646f72616e646f6dn), set(v1)],
  [long(0x6c7967656e657261n), set(v2), long(0x7465646279746573n), set(v3)],
  // While the rest is 8 bytes or more; local 7 is what is left.
  [get(0), set(7), 0x02, empty, 0x03, empty],
  [get(7), int(8), op32.ltS, 0x0d, 1],
  [get(1), load(textStart), set(word), absorb],
  [get(1), int(8), op32.add, set(1), get(7), int(-8), op32.add, set(7), 0x0c, 0, 0x0b, 0x0b],
  // The last word: the bytes left, and the length on top.
  [get(1), load(textStart), long(1n), left, int(3), op32.shl, op64.fromU32, op64.shl, long(1n), op64.sub],
  [op64.and, get(0), op64.fromU32, long(56n), op64.shl, op64.or, set(word), absorb],
  [get(v2), long(0xffn), op64.xor, set(v2), round, round, round],
  [get(v0), get(v1), op64.xor, get(v2), op64.xor, get(v3), op64.xor, hash.set],
  notMinusOne,
];

// A float is an integer times a power of two, taken modulo 2^61 - 1, where that power is a rotation by its exponent.
const prime = (1n << 61n) - 1n;
const [bits, exponent] = [1, 2];
const float: Code = [
  [get(0), op64.fromF64, set(bits)],
  [get(bits), long(52n), op64.shrU, long(0x7ffn), op64.and, op64.wrap, tee(exponent), int(0x7ff), op32.eq],
  // Infinity and NaN: the first hashes to the first digits of pi, the second to nothing in particular.
  when(
    [long(0n), hash.set],
    [get(bits), long(12n), op64.shl, op64.isZero, when(long(314159n), hash.set)],
    [get(bits), long(0n), op64.ltS, when(long(0n), hash.get, op64.sub, hash.set), returned],
  ),
  [get(bits), long((1n << 52n) - 1n), op64.and, hash.set],
  [get(exponent), op32.isZero],
  [0x04, empty, int(1), set(exponent), 0x05, hash.get, long(1n << 52n), op64.or, hash.set, 0x0b],
  // 61 * 18 makes the exponent, from -1074 on, positive.
  [get(exponent), int(61 * 18 - 1075), op32.add, int(61), op32.remS, set(exponent)],
  [hash.get, get(exponent), op64.fromU32, op64.shl, long(prime), op64.and],
  [hash.get, long(61n), get(exponent), op64.fromU32, op64.sub, op64.shrU, op64.or, hash.set],
  [get(bits), long(0n), op64.ltS, when(long(0n), hash.get, op64.sub, hash.set)],
  notMinusOne,
];

// Local 1 is where it reads, 2 the hash, 3 a word.
const multiplier = long(0xc6a4a7935bd1e995n);
const folded = (local: number): Code => [get(local), get(local), long(47n), op64.shrU, op64.xor];
const murmur: Code = [
  [get(0), op64.fromU32, multiplier, op64.mul, long(0xe17a1465n), op64.xor, set(2)],
  [0x02, empty, 0x03, empty, get(1), int(8), op32.add, get(0), op32.gtS, 0x0d, 1],
  [get(1), load(textStart), multiplier, op64.mul, set(3)],
  [folded(3), multiplier, op64.mul, get(2), op64.xor, multiplier, op64.mul, set(2)],
  [get(1), int(8), op32.add, set(1), 0x0c, 0, 0x0b, 0x0b],
  [
    left,
    when(
      [get(1), load(textStart), long(1n), left, int(3), op32.shl, op64.fromU32, op64.shl, long(1n), op64.sub],
      [op64.and, get(2), op64.xor, multiplier, op64.mul, set(2)],
    ),
  ],
  [folded(2), multiplier, op64.mul, set(2), folded(2), hash.set],
];

const address = (level: number): Code => [get(level), int(3), op32.shl];

interface Definition {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly result?: number;
  /** Types of the variables after the parameters. */
  readonly locals: readonly number[];
  readonly code: Code;
}

const definitions: readonly Definition[] = [
  { name: "bytes", parameters: [i32], locals: [i32, i64, i64, i64, i64, i64, i32], code: bytes },
  { name: "float", parameters: [f64], locals: [i64, i32], code: float },
  {
    name: "words",
    parameters: [i32, i32],
    locals: [],
    code: [get(1), op64.fromU32, long(32n), op64.shl, get(0), op64.fromU32, op64.or, hash.set],
  },
  { name: "begin", parameters: [i32], locals: [], code: [address(0), long(0x345678n), store(0)] },
  {
    name: "item",
    parameters: [i32],
    locals: [],
    code: [
      [address(0), address(0), load(0), hash.get, op64.xor, long(1000003n), op64.mul],
      [long((1n << 63n) - 1n), op64.and, store(0)],
    ],
  },
  {
    name: "end",
    parameters: [i32, i32],
    locals: [],
    code: [address(0), load(0), get(1), op64.fromU32, op64.xor, hash.set],
  },
  {
    name: "modulo",
    parameters: [i32],
    result: i32,
    locals: [i32],
    code: [
      [hash.get, get(0), op64.fromI32, op64.remS, op64.wrap, tee(1), get(1), int(0), op32.ltS],
      [0x04, i32, get(0), 0x05, int(0), 0x0b, op32.add],
    ],
  },
  { name: "low", parameters: [], result: i32, locals: [], code: [hash.get, op64.wrap] },
  { name: "murmur", parameters: [i32], locals: [i32, i64, i64], code: murmur },
  {
    name: "highest",
    parameters: [i32],
    result: i32,
    locals: [],
    code: [hash.get, long(64n), get(0), op64.fromU32, op64.sub, op64.shrU, op64.wrap],
  },
  {
    name: "run",
    parameters: [i32],
    result: i32,
    locals: [],
    code: [
      [
        hash.get,
        get(0),
        op64.fromU32,
        op64.shl,
        long(1n),
        get(0),
        op64.fromU32,
        long(1n),
        op64.sub,
        op64.shl,
      ],
      [op64.or, op64.clz, op64.wrap, int(1), op32.add],
    ],
  },
];

function assemble(): Uint8Array {
  const types = definitions.map(({ parameters, result }) => [
    0x60,
    vector(parameters.map((type) => [type])),
    vector(result === undefined ? [] : [[result]]),
  ]);
  const bodies = definitions.map(({ locals, code }) =>
    sized([vector(locals.map((type) => [1, type])), code, 0x0b]),
  );
  const exported = definitions.map(({ name }, index) => [text(name), 0x00, index]);
  const code = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(types)),
    section(3, vector(definitions.map((_, index) => [index]))),
    section(5, vector([[0x00, 1]])),
    section(6, vector([[i64, 1, long(0n), 0x0b]])),
    section(7, vector([[text("memory"), 0x02, 0], ...exported])),
    section(10, vector(bodies)),
  ];
  return Uint8Array.from(flat(code));
}

function flat(code: Code): number[] {
  return (code as unknown[]).flat(Infinity) as number[];
}

function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function text(name: string): Code {
  return sized([...Buffer.from(name)]);
}

// LEB128: seven bits a byte, the lowest first.
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, unsigned(value >>> 7)];
}

function signed(value: bigint): Code {
  const low = Number(BigInt.asUintN(7, value));
  const rest = value >> 7n;
  const isLast = rest === (low & 64 ? -1n : 0n);
  return isLast ? [low] : [low | 128, signed(rest)];
}
