/// Writes the wire format of Protocol Buffers. A field that has its default value is left out by whoever writes it.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case fixed32 = 5
    }

    mutating func add(_ field: UInt64, varint: UInt64) {
        add(field, .varint)
        add(varint: varint)
    }

    mutating func add(_ field: UInt64, fixed64: UInt64) {
        add(field, .fixed64)
        withUnsafeBytes(of: fixed64.littleEndian) { bytes += $0 }
    }

    mutating func add(_ field: UInt64, fixed32: UInt32) {
        add(field, .fixed32)
        withUnsafeBytes(of: fixed32.littleEndian) { bytes += $0 }
    }

    mutating func add(_ field: UInt64, text: String) {
        add(field, .bytes)
        add(varint: UInt64(text.utf8.count))
        bytes += text.utf8
    }

    /// Numbers in network order: what OTLP has as bytes.
    mutating func add(_ field: UInt64, bigEndian numbers: UInt64...) {
        add(field, .bytes)
        add(varint: UInt64(numbers.count * 8))
        for number in numbers { withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    }

    mutating func add(_ field: UInt64, message: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        message(&inner)
        add(field, .bytes)
        add(varint: UInt64(inner.bytes.count))
        bytes += inner.bytes
    }

    private mutating func add(_ field: UInt64, _ type: WireType) { add(varint: field << 3 | type.rawValue) }

    private mutating func add(varint: UInt64) {
        var rest = varint
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
