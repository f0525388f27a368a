import Glibc
import Platform

/// Files that are complete or not there, also after a crash or a power cut. Only the owner may read them: mail holds
/// links that let people in.
enum AtomicFile {
    /// Makes the folder and those above it; one that is there is fine.
    static func makeFolder(_ path: String) throws(SystemError) {
        guard mkdir(path, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw .last(path) }
            try makeFolder(String(path[..<slash]))
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last(path) }
        default: throw .last(path)
        }
    }

    /// Writes beside the file, then puts it in its place. What was written is removed when that fails.
    static func write(_ bytes: [UInt8], to folder: String, name: String) throws(SystemError) {
        // The process number keeps two workers apart that run the same job after a lost lease.
        let temporary = "\(folder)/.\(name).\(getpid())"
        do throws(SystemError) {
            try writeThrough(bytes, to: temporary)
            guard rename(temporary, "\(folder)/\(name)") == 0 else { throw .last("\(folder)/\(name)") }
        } catch {
            unlink(temporary)
            throw error
        }
        try syncFolder(folder)
    }

    private static func writeThrough(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .last(path) }
        var isOpen = true
        defer { if isOpen { close(file) } }
        try write(bytes, to: file, path)
        guard fsync(file) == 0 else { throw .last(path) }
        isOpen = false
        guard close(file) == 0 else { throw .last(path) }
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(SystemError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + offset, $0.count - offset) }
            if written >= 0 { offset += written } else if errno != EINTR { throw .last(path) }
        }
    }

    /// Makes the new name itself outlive a power cut.
    private static func syncFolder(_ path: String) throws(SystemError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .last(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .last(path) }
    }
}
