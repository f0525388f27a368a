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

    static func write(_ bytes: [UInt8], to folder: String, name: String) throws(SystemError) {
        let descriptor = FileDescriptor(owning: open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard descriptor.number >= 0 else { throw .last(folder) }
        let file = try NewFile(in: descriptor, folder, mode: 0o600)
        try file.write(bytes)
        try file.publish(as: name)
    }
}
