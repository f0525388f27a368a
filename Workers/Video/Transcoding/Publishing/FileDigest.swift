import Glibc
import Platform
import Signing

enum FileDigest {
    private static let pieceBytes = 256 << 10

    /// Of a file that may be larger than the memory; others get their turns meanwhile.
    static func sha256(of path: String) async throws -> String {
        let file = FileDescriptor(owning: open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
        guard file.number >= 0 else { throw SystemError.last(path) }
        let digest = SHA256Stream()
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
                count = max(0, read(file.number, buffer.baseAddress, pieceBytes))
            }
            guard !piece.isEmpty else { return digest.finish() }
            digest.update(piece)
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
