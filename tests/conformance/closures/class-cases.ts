import { type ClosureCase, mapped } from "./closure-case.ts";

const shapes = `class Shape {
  static count = 2;
  name = "shape";
  static make() { return new this(); }
  describe() { return this.name + "/" + this.area(); }
  area() { return 0; }
}
class Circle extends Shape {
  constructor(readonly r: number) { super(); this.name = "circle"; }
  override area() { return this.r ** 2 * 3; }
  override describe() { return "<" + super.describe() + ">"; }
  get diameter() { return this.r * 2; }
  set diameter(d: number) { this.r = d / 2; }
}`
  .replace("readonly r: number) { super();", "r: number) { super(); this.r = r;")
  .replace("  constructor(r", "  r: number;\n  constructor(r");

export const classCases: readonly ClosureCase[] = [
  {
    name: "a class made inside",
    cells: [shapes],
    value: mapped("(x) => new Circle(x).area()"),
    gives: [3, 12],
  },
  {
    name: "super in methods",
    cells: [shapes],
    value: mapped("(x) => new Circle(x).describe()"),
    gives: ["<circle/3>", "<circle/12>"],
  },
  {
    name: "getters and setters of a class",
    cells: [shapes],
    value: mapped("(x) => { const c = new Circle(1); c.diameter = x; return [c.r, c.diameter]; }"),
    gives: [
      [0.5, 1],
      [1, 2],
    ],
  },
  {
    name: "static fields and methods",
    cells: [shapes],
    value: mapped("(x) => Shape.make().name + Shape.count * x"),
    gives: ["shape2", "shape4"],
  },
  {
    name: "a static field as it is now",
    cells: [shapes, "Shape.count = 40;"],
    value: mapped("(x) => Shape.count + x"),
    gives: [41, 42],
  },
  {
    name: "inherited static methods",
    cells: [
      "class Base { static create() { return new this(); } kind = 'base'; }\nclass Derived extends Base { override kind = 'derived'; }",
    ],
    value: mapped("() => Derived.create().kind"),
    gives: ["derived", "derived"],
  },
  {
    name: "an instance from here",
    cells: [shapes, "const circle = new Circle(3);"],
    value: mapped("(x) => circle.area() * x"),
    gives: [27, 54],
  },
  {
    name: "instanceof of an instance from here",
    cells: [shapes, "const c = new Circle(1);"],
    value: mapped("() => [c instanceof Circle, c instanceof Shape, c.constructor.name]"),
    gives: [
      [true, true, "Circle"],
      [true, true, "Circle"],
    ],
  },
  {
    name: "instances deep in arrays, Maps and Sets",
    cells: [
      shapes,
      "const held = { list: [new Circle(1)], map: new Map([['a', new Circle(2)]]), set: new Set([new Circle(3)]) };",
    ],
    value: mapped("() => held.list[0].area() + held.map.get('a').area() + [...held.set][0].area()"),
    gives: [42, 42],
  },
  {
    name: "a method of an instance's class, taken by itself",
    cells: ["class Parser { parse(x: number) { return x + 1; } }\nconst { parse } = new Parser();"],
    value: mapped("parse"),
    gives: [2, 3],
  },
  {
    name: "instances as records",
    cells: [shapes],
    value: "(await sc.parallelize([1, 2], 2).map((r) => new Circle(r)).map((c) => c.area()).collect())",
    gives: [3, 12],
  },
  {
    name: "instances that come back",
    cells: [shapes],
    value:
      "(await sc.parallelize([1, 2], 2).map((r) => new Circle(r)).collect()).map((c) => [c instanceof Circle, c.describe()])",
    gives: [
      [true, "<circle/3>"],
      [true, "<circle/12>"],
    ],
  },
  {
    name: "instances that parallelize is given",
    cells: [shapes],
    value: "await sc.parallelize([new Circle(1), new Circle(2)], 2).map((c) => c.describe()).collect()",
    gives: ["<circle/3>", "<circle/12>"],
  },
  {
    name: "instances through a shuffle",
    cells: [shapes],
    value:
      "(await sc.parallelize([1, 2, 3], 2).map((r) => ['k', new Circle(r)]).reduceByKey((a, b) => new Circle(a.r + b.r)).collect()).map(([k, c]) => [k, c.area()])",
    gives: [["k", 108]],
  },
  {
    name: "#private fields and methods of a class made inside",
    cells: [
      "class Counter { #n = 0; static #made = 0; constructor() { Counter.#made++; } #step(by: number) { this.#n += by; } add(by: number) { this.#step(by); return this; } get value() { return this.#n; } has(o: object) { return #n in o; } static get made() { return Counter.#made; } }",
    ],
    value:
      "await sc.parallelize([1, 2], 1).map((x) => { const c = new Counter().add(x).add(x); return [c.value, c.has(c), Counter.made]; }).collect()",
    gives: [
      [2, true, 1],
      [4, true, 2],
    ],
  },
  {
    name: "private fields of TypeScript's",
    cells: [
      "class Hidden { private secret: number; constructor(secret: number) { this.secret = secret; } reveal() { return this.secret; } }\nconst hidden = new Hidden(7);",
    ],
    value: mapped("(x) => hidden.reveal() * x"),
    gives: [7, 14],
  },
  {
    name: "an abstract class",
    cells: [
      "abstract class Animal { abstract sound(): string; speak() { return this.sound() + '!'; } }\nclass Dog extends Animal { sound() { return 'woof'; } }",
    ],
    value: mapped("() => new Dog().speak()"),
    gives: ["woof!", "woof!"],
  },
  {
    name: "a class expression in a variable",
    cells: [
      "const Pair = class<T> { items: T[]; constructor(...items: T[]) { this.items = items; } swap() { return this.items.toReversed(); } };",
    ],
    value: mapped("(x) => new Pair(x, 0).swap()"),
    gives: [
      [0, 1],
      [0, 2],
    ],
  },
  {
    name: "a named class expression that mentions itself",
    cells: ["const Node1 = class Inner { next = null; static first() { return new Inner(); } };"],
    value: mapped("() => Node1.first() instanceof Node1"),
    gives: [true, true],
  },
  {
    name: "a class made inside the function",
    value: mapped("(x) => new (class { y = x * 2; get z() { return this.y + 1; } })().z"),
    gives: [3, 5],
  },
  {
    name: "a class that extends a variable",
    cells: [
      "const factor = 2;\nclass A { base() { return factor; } }\nclass B extends A { total() { return this.base() + factor; } }\nclass C extends B {}",
    ],
    value: mapped("(x) => new C().total() * x"),
    gives: [4, 8],
  },
  {
    name: "a class that extends what a mixin makes",
    cells: [
      "type Constructor = new (...args: any[]) => object;\nconst Named = <T extends Constructor>(Base: T) => class extends Base { label = 'named'; };\nclass Plain { n = 1; }\nclass Mixed extends Named(Plain) { sum() { return this.n + this.label; } }",
    ],
    value: mapped("() => { const m = new Mixed(); return [m.sum(), m instanceof Plain]; }"),
    gives: [
      ["1named", true],
      ["1named", true],
    ],
  },
  {
    name: "an instance of a class with a mixin",
    cells: [
      "const Tagged = (Base: any) => class extends Base { tag = 't'; };\nclass Thing extends Tagged(Object) { id = 5; show() { return this.tag + this.id; } }\nconst thing = new Thing();",
    ],
    value: mapped("() => thing.show()"),
    gives: ["t5", "t5"],
  },
  {
    name: "a class that extends Map",
    cells: [
      "class Counts extends Map<string, number> { up(key: string) { this.set(key, (this.get(key) ?? 0) + 1); return this; } }\nconst counts = new Counts([['a', 1]]);",
    ],
    value: mapped(
      "(x) => { const fresh = new Counts(counts).up('a'); return [fresh.get('a'), counts.get('a'), counts.size, counts instanceof Map]; }",
    ),
    gives: [
      [2, 1, 1, true],
      [2, 1, 1, true],
    ],
  },
  {
    name: "a class that extends Array",
    cells: [
      "class Stack<T> extends Array<T> { top() { return this.at(-1); } }\nconst stack = Stack.of(1, 2, 3) as Stack<number>;\n(stack as any).note = 'x';",
    ],
    value: mapped("(x) => [stack.top(), stack.length, stack.map((n) => n * x) instanceof Stack, stack.note]"),
    gives: [
      [3, 3, true, "x"],
      [3, 3, true, "x"],
    ],
  },
  {
    name: "a class that extends Set, and one that extends Date",
    cells: [
      "class Bag extends Set<number> { sum() { return [...this].reduce((a, b) => a + b, 0); } }\nclass Day extends Date { iso() { return this.toISOString().slice(0, 10); } }\nconst bag = new Bag([1, 2, 3]);\nconst day = new Day(86400000);",
    ],
    value: mapped("() => [bag.sum(), day.iso(), day instanceof Date]"),
    gives: [
      [6, "1970-01-02", true],
      [6, "1970-01-02", true],
    ],
  },
  {
    name: "a class that extends Uint8Array",
    cells: [
      "class Bytes extends Uint8Array { hex() { return [...this].map((b) => b.toString(16)).join(''); } }\nconst bytes = Bytes.of(10, 255);",
    ],
    value: mapped("() => [bytes.hex(), bytes.length]"),
    gives: [
      ["aff", 2],
      ["aff", 2],
    ],
  },
  {
    name: "a class that extends Error",
    cells: [
      "class HttpError extends Error { status: number; constructor(status: number, message: string) { super(message); this.status = status; } override get name() { return 'HttpError'; } }\nconst gone = new HttpError(410, 'gone');",
    ],
    value: mapped(
      "() => [String(gone), gone.status, gone instanceof HttpError, gone instanceof Error, Error.isError?.(gone) ?? true]",
    ),
    gives: [
      ["HttpError: gone", 410, true, true, true],
      ["HttpError: gone", 410, true, true, true],
    ],
  },
  {
    name: "a class that extends EventEmitter",
    cells: ["import { EventEmitter } from 'node:events';\nclass Bus extends EventEmitter { level = 1; }"],
    value: mapped(
      "(x) => { const bus = new Bus(); let got = 0; bus.on('n', (n) => (got = n)); bus.emit('n', x + bus.level); return got; }",
    ),
    gives: [2, 3],
  },
  {
    name: "a static block and static private state",
    cells: [
      "class Registry { static names: string[] = []; static { this.names.push('first'); } static #secret = 's'; static peek() { return Registry.#secret; } }",
    ],
    value: mapped("() => [Registry.names, Registry.peek()]"),
    gives: [
      [["first"], "s"],
      [["first"], "s"],
    ],
  },
  {
    name: "a class with Symbol.iterator",
    cells: [
      "class Span { from: number; to: number; constructor(from: number, to: number) { this.from = from; this.to = to; } *[Symbol.iterator]() { for (let i = this.from; i <= this.to; i++) yield i; } get [Symbol.toStringTag]() { return 'Span'; } }\nconst span = new Span(1, 3);",
    ],
    value: mapped("() => [[...span], String(span)]"),
    gives: [
      [[1, 2, 3], "[object Span]"],
      [[1, 2, 3], "[object Span]"],
    ],
  },
  {
    name: "methods added to a prototype later",
    cells: [
      "class Word { text: string; constructor(text: string) { this.text = text; } }",
      "(Word.prototype as any).loud = function () { return this.text.toUpperCase(); };",
    ],
    value: mapped("(w) => new Word(w).loud()", "['a', 'b']"),
    gives: ["A", "B"],
  },
  {
    name: "a constructor function with a prototype",
    cells: [
      "function Point(this: any, x: number) { this.x = x; }\nPoint.prototype.norm = function () { return Math.abs(this.x); };\nconst point = new (Point as any)(-3);",
    ],
    value: mapped("(x) => [new Point(-x).norm(), point.norm(), point instanceof Point]"),
    gives: [
      [1, 3, true],
      [2, 3, true],
    ],
  },
  {
    name: "constructor functions that inherit",
    cells: [
      "function Base(this: any) { this.b = 1; }\nBase.prototype.hello = function () { return 'hello ' + this.b; };\nfunction Sub(this: any) { Base.call(this); }\nSub.prototype = Object.create(Base.prototype, { constructor: { value: Sub } });",
    ],
    value: mapped("() => { const s = new Sub(); return [s.hello(), s instanceof Base]; }"),
    gives: [
      ["hello 1", true],
      ["hello 1", true],
    ],
  },
  {
    name: "instances that refer to each other",
    cells: [
      "class Person { name: string; friends: Person[] = []; constructor(name: string) { this.name = name; } }\nconst ann = new Person('ann'); const bob = new Person('bob'); ann.friends.push(bob); bob.friends.push(ann);",
    ],
    value: mapped("() => ann.friends[0].friends[0] === ann && bob.friends[0].name"),
    gives: ["ann", "ann"],
  },
  {
    name: "an instance that holds functions and its own class",
    cells: [
      "class Job1 { run: (x: number) => number; type = Job1; constructor(run: (x: number) => number) { this.run = run; } }\nconst offset = 4;\nconst job = new Job1((x) => x + offset);",
    ],
    value: mapped("(x) => [job.run(x), job.type === Job1]"),
    gives: [
      [5, true],
      [6, true],
    ],
  },
  {
    name: "fields that are arrow functions",
    cells: ["class Clicker { n = 1; click = (x: number) => this.n + x; }"],
    value: mapped("(x) => new Clicker().click(x)"),
    gives: [2, 3],
  },
  {
    name: "a class with toJSON, toString and valueOf",
    cells: [
      "class Money { cents: number; constructor(cents: number) { this.cents = cents; } toJSON() { return this.cents / 100; } toString() { return `$${this.cents / 100}`; } valueOf() { return this.cents; } }\nconst price = new Money(250);",
    ],
    value: mapped("() => [JSON.stringify(price), `${price}`, price + 1]"),
    gives: [
      ["2.5", "$2.5", 251],
      ["2.5", "$2.5", 251],
    ],
  },
  {
    name: "Symbol.hasInstance, accessors of a class and new.target",
    cells: [
      "class Even { static [Symbol.hasInstance](n: number) { return n % 2 === 0; } made: string; constructor() { this.made = new.target.name; } static get kind() { return 'even'; } }",
    ],
    value: mapped("(x) => [x instanceof Even, new Even().made, Even.kind]"),
    gives: [
      [false, "Even", "even"],
      [true, "Even", "even"],
    ],
  },
  {
    name: "a class with a parameter property",
    cells: [
      "class Box { constructor(public readonly size: number, private label = 'box') {} show() { return this.label + this.size; } }",
    ],
    value: mapped("(x) => new Box(x).show()"),
    gives: ["box1", "box2"],
    isTransformed: true,
  },
];
