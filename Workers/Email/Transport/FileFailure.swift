import Glibc

/// A call of the file system that failed.
struct FileFailure: Error, Equatable, CustomStringConvertible {
    let path: String
    /// As in `errno`.
    let code: Int32

    /// The failure of the call just made.
    static func now(_ path: String) -> FileFailure { FileFailure(path: path, code: errno) }

    var description: String {
        switch code {
        case ENOSPC, EDQUOT: "the disk is full (\(path)); make room, and the job will succeed when it is tried again."
        default: "\(String(cString: strerror(code))) (\(path))."
        }
    }
}
