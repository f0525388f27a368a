internal import CDrawing
internal import CertificateDocument

extension Compression {
    private static let most = 64 << 20

    init(_ libraries: DrawingLibraries) {
        self.init(
            deflate: { Self.deflate($0, libraries.functions) }, inflate: { Self.inflate($0, libraries.functions) })
    }

    private static func deflate(_ bytes: [UInt8], _ zlib: DrawingFunctions) -> [UInt8] {
        let most = Int(zlib.compressBound(UInt(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            var length = UInt(most)
            let status = zlib.compress2(buffer.baseAddress!, &length, bytes, UInt(bytes.count), 6)
            precondition(status == 0, "zlib refuses a buffer of the size that it asked for")
            count = Int(length)
        }
    }

    private static func inflate(_ bytes: [UInt8], _ zlib: DrawingFunctions) -> [UInt8]? {
        var capacity = max(4096, bytes.count * 8)
        while capacity <= most {
            var status: CInt = 0
            let inflated = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                var length = UInt(capacity)
                status = zlib.uncompress(buffer.baseAddress!, &length, bytes, UInt(bytes.count))
                count = status == 0 ? Int(length) : 0
            }
            if status == 0 { return inflated }
            guard status == bufferTooSmall else { return nil }
            capacity *= 4
        }
        return nil
    }

    /// Z_BUF_ERROR
    private static let bufferTooSmall: CInt = -5
}
