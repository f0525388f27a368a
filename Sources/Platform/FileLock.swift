internal import Glibc

/// A lock on a file, held until its owner goes or its process ends, however that ends.
public final class FileLock: Sendable {
    private let file: FileDescriptor

    /// Nil when another process holds it.
    public init?(path: String) throws(SystemError) {
        let file = FileDescriptor(owning: open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
        guard file.number >= 0 else { throw .last("opening \(path)") }
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .last("locking \(path)") }
            return nil
        }
        self.file = file
    }
}
