internal import CZlib

/// What is around compressed bytes. The same bytes are always compressed to the same.
package enum CompressedFormat: Sendable {
    /// RFC 1950.
    case zlib
    /// RFC 1952, without a name or time.
    case gzip

    /// As zlib takes both: the size of the window as a power of two, and 16 for gzip.
    private var window: Int32 { self == .zlib ? 15 : 15 + 16 }

    package func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard cw_begin_deflate(&stream, window) == Z_OK else { preconditionFailure("zlib has no memory left") }
        defer { deflateEnd(&stream) }
        let most = Int(deflateBound(&stream, UInt(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: most) { room, count in
            bytes.withUnsafeBufferPointer { bytes in
                // zlib reads only; its type does not say so.
                stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
                stream.avail_in = UInt32(bytes.count)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib refuses room that it asked for")
            }
            count = Int(stream.total_out)
        }
    }

    /// - Returns: nil for what is not whole in this format, or larger than that.
    package func inflate(_ bytes: [UInt8], mostBytes: Int) -> [UInt8]? {
        var stream = z_stream()
        guard cw_begin_inflate(&stream, window) == Z_OK else { preconditionFailure("zlib has no memory left") }
        defer { inflateEnd(&stream) }
        var inflated: [UInt8] = [], piece = [UInt8](repeating: 0, count: 64 << 10)
        return bytes.withUnsafeBufferPointer { bytes in
            stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            stream.avail_in = UInt32(bytes.count)
            while inflated.count <= mostBytes {
                let status = piece.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    return CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                inflated += piece.prefix(piece.count - Int(stream.avail_out))
                if status == Z_STREAM_END { return inflated.count <= mostBytes ? inflated : nil }
                guard status == Z_OK else { return nil }
            }
            return nil
        }
    }
}
