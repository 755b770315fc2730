/**
 * Encoder of D-Bus values.
 * The library's own writer copies its whole output with each value, which takes 20 ms for a picture of 48 pixels, and
 * more for a long menu. Source: the D-Bus Specification, "Marshaling (Wire Format)".
 */
import {
  BasicTypeCode,
  ContainerTypeCode,
  parseTypes,
  serializeType,
  type CompleteType,
  type DictEntryType,
} from 'd-bus-type-system';

/** A growing buffer, little endian. */
export class ByteWriter {
  #bytes = Buffer.alloc(512);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  align(to: number): void {
    this.#grow((to - (this.#length % to)) % to);
  }

  byte(value: number): void {
    const at = this.#grow(1);
    this.#bytes.writeUInt8(value, at);
  }

  uint32(value: number): void {
    this.align(4);
    const at = this.#grow(4);
    this.#bytes.writeUInt32LE(value, at);
  }

  int32(value: number): void {
    this.align(4);
    const at = this.#grow(4);
    this.#bytes.writeInt32LE(value, at);
  }

  bytes(value: Uint8Array): void {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
  }

  /** Overwrites four bytes at `at`. */
  uint32At(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value, at);
  }

  /** Adds zero bytes and returns their start. */
  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }
}

/** Throws if the values do not match the signature. */
export function writeValues(writer: ByteWriter, signature: string, values: readonly unknown[]): void {
  if (signature === '') return;
  for (const [at, type] of parseTypes(signature).entries()) write(writer, type, values[at]);
}

function write(writer: ByteWriter, type: CompleteType | DictEntryType<never, never>, value: unknown): void {
  switch (type.typeCode) {
    case BasicTypeCode.Uint8:
      return writer.byte(busNumber(value));
    case BasicTypeCode.Int32:
      return writer.int32(busNumber(value));
    case BasicTypeCode.Uint32:
      return writer.uint32(busNumber(value));
    case BasicTypeCode.Boolean:
      if (typeof value !== 'boolean') throw new TypeError('not a boolean');
      return writer.uint32(value ? 1 : 0);
    case BasicTypeCode.String:
    case BasicTypeCode.ObjectPath:
      return writeText(writer, textOf(value));
    case BasicTypeCode.Signature:
      return writeSignature(writer, textOf(value));
    case ContainerTypeCode.Array:
      return writeArray(writer, type.elementType as CompleteType, value);
    case ContainerTypeCode.Struct:
      writer.align(8);
      return writeAll(writer, type.fieldTypes, busList(value));
    case ContainerTypeCode.DictEntry:
      writer.align(8);
      return writeAll(writer, [type.keyType, type.valueType], busList(value));
    case ContainerTypeCode.Variant:
      return writeVariant(writer, busList(value));
    default:
      throw new TypeError(`no value of the type ${type.typeCode} is sent`);
  }
}

function writeArray(writer: ByteWriter, element: CompleteType, value: unknown): void {
  writer.uint32(0);
  const lengthAt = writer.length - 4;
  writer.align(element.bytePadding);
  const start = writer.length;
  if (value instanceof Uint8Array && element.typeCode === BasicTypeCode.Uint8) writer.bytes(value);
  else for (const one of busList(value)) write(writer, element, one);
  writer.uint32At(lengthAt, writer.length - start);
}

function writeAll(writer: ByteWriter, types: readonly CompleteType[], values: readonly unknown[]): void {
  if (values.length !== types.length) throw new TypeError('not as many values as types');
  for (const [at, type] of types.entries()) write(writer, type, values[at]);
}

/** Takes the pair of type and value that `variantOf` makes. */
function writeVariant(writer: ByteWriter, [type, value]: readonly unknown[]): void {
  writeSignature(writer, serializeType(type as CompleteType));
  write(writer, type as CompleteType, value);
}

function writeText(writer: ByteWriter, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  writer.uint32(bytes.length);
  writer.bytes(bytes);
  writer.byte(0);
}

function writeSignature(writer: ByteWriter, text: string): void {
  writer.byte(text.length);
  writer.bytes(Buffer.from(text, 'latin1'));
  writer.byte(0);
}

/** Throws for values other than numbers. */
export function busNumber(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('not a number');
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
}

/** Throws for values other than lists. */
export function busList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value;
}
