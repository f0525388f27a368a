internal import CertificateDocument
internal import Zlib

extension Compression {
    static let zlib = Compression(
        deflate: { CompressedFormat.zlib.compress($0) },
        inflate: { CompressedFormat.zlib.inflate($0, mostBytes: 64 << 20) })
}
