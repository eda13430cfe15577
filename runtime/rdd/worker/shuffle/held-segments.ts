import type { Segment, SegmentOutput } from "./segment.ts";

interface HeldSegment extends Segment {
  readonly target: number;
}

/** Segments kept as bytes, outside the heap, until it is known how they are to be written. */
export class HeldSegments implements SegmentOutput {
  readonly list: HeldSegment[] = [];
  bytes = 0;

  segment(target: number, bucket: number, seq: number, count: number, bytes: Uint8Array): void {
    const copy = Buffer.allocUnsafeSlow(bytes.length);
    copy.set(bytes);
    this.bytes += bytes.length;
    this.list.push({
      target,
      dependency: 0,
      source: 0,
      seq,
      bucket,
      count,
      size: bytes.length,
      read: () => copy,
    });
  }
}
