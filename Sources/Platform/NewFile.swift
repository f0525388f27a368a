internal import CLinux
internal import Glibc

/// A file that has no name until it is complete and on disk: who looks finds all of it or what was there before, also
/// after a crash or a power cut. One that was not published leaves nothing behind.
public struct NewFile: ~Copyable {
    private let folder: Int32
    private let path: String
    private let file: FileDescriptor

    /// - Parameters:
    ///   - folder: open for as long as this lives.
    ///   - path: of the folder, for errors.
    public init(in folder: borrowing FileDescriptor, _ path: String, mode: UInt32 = 0o644) throws(SystemError) {
        (self.folder, self.path) = (folder.number, path)
        file = FileDescriptor(owning: linux_open_unnamed(folder.number, mode))
        guard file.number >= 0 else { throw .last(path) }
    }

    /// - Parameter count: the first so many of them; nil takes all.
    public borrowing func write(_ bytes: [UInt8], count: Int? = nil) throws(SystemError) {
        let count = count ?? bytes.count
        var offset = 0
        while offset < count {
            let written = bytes.withUnsafeBytes {
                Glibc.write(file.number, $0.baseAddress! + offset, count - offset)
            }
            if written > 0 { offset += written } else if errno != EINTR { throw .last(path) }
        }
    }

    /// Puts it on disk, and in the place of whatever has the name.
    public borrowing func publish(as name: String) throws(SystemError) {
        guard fsync(file.number) == 0 else { throw .last("\(path)/\(name)") }
        if !link(as: name) {
            guard errno == EEXIST else { throw .last("\(path)/\(name)") }
            try replace(name)
        }
        // A name is on disk when its folder is.
        guard fsync(folder) == 0 else { throw .last(path) }
    }

    /// A link replaces nothing; a rename does.
    private borrowing func replace(_ name: String) throws(SystemError) {
        let interim = ".\(String(UInt64.random(in: 0 ... .max), radix: 36)).new"
        guard link(as: interim) else { throw .last("\(path)/\(interim)") }
        guard renameat(folder, interim, folder, name) == 0 else {
            let error = SystemError.last("\(path)/\(name)")
            unlinkat(folder, interim, 0)
            throw error
        }
    }

    private borrowing func link(as name: String) -> Bool {
        linkat(AT_FDCWD, "/proc/self/fd/\(file.number)", folder, name, AT_SYMLINK_FOLLOW) == 0
    }
}
