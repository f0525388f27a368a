import Glibc
import Platform
import Storage

extension ObjectStorage {
    private static var pieceBytes: Int { 4 << 20 }

    /// Puts an object into a file that programs may read.
    /// - Parameter onPiece: is given all of it, a piece after the other.
    func download(_ key: StorageKey, to path: String, onPiece: ([UInt8]) -> Void = { _ in }) async throws {
        let file = FileDescriptor(owning: open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644))
        guard file.number >= 0 else { throw SystemError.last(path) }
        var offset = 0
        while true {
            let piece = try await readPiece(key, from: offset, maxBytes: Self.pieceBytes)
            try Task.checkCancellation()
            onPiece(piece.bytes)
            guard Glibc.write(file.number, piece.bytes, piece.bytes.count) == piece.bytes.count else {
                throw SystemError.last(path)
            }
            offset += piece.bytes.count
            if piece.bytes.isEmpty || offset >= piece.objectSize { return }
        }
    }

    /// Whether there is something.
    func has(_ key: StorageKey) async throws(StorageError) -> Bool {
        do throws(StorageError) {
            return try await readPiece(key, from: 0, maxBytes: 1).objectSize > 0
        } catch .absent {
            return false
        }
    }
}
