internal import Glibc
internal import Platform

/// Objects that are files below a folder. A key never leads out of it: each component is opened by itself, and a
/// symbolic link is none.
package struct FolderStorage: ObjectStorage {
    let root: String
    let executor = BlockingExecutor(label: "coursework.storage", width: 4)

    /// A folder around the storage's own, which is made with it: nil for one that must be there, such as a disk.
    private let dataFolder: String?

    /// - Parameter root: a folder that is made when something is first written, in one that is there.
    package init(root: String) { (self.root, dataFolder) = (root, nil) }

    /// The folder `storage` in the program's own.
    package init(in dataFolder: String) { (root, self.dataFolder) = (dataFolder + "/storage", dataFolder) }

    func makeRoot() {
        if let dataFolder { mkdir(dataFolder, 0o755) }
        mkdir(root, 0o755)
    }

    package func place(of key: StorageKey) -> String { "\(root)/\(key)" }

    package func read(_ key: StorageKey, maxBytes: Int) async throws(StorageError) -> [UInt8] {
        try await withTaskExecutorPreference(executor) { () throws(StorageError) in
            let file = try open(key)
            let size = try Self.size(of: file, key)
            guard size <= maxBytes else { throw .tooLarge(key, maxBytes: maxBytes) }
            return try Self.contents(of: file, key, from: 0, count: size)
        }
    }

    package func readPiece(
        _ key: StorageKey, from offset: Int, maxBytes: Int
    ) async throws(StorageError) -> StoragePiece {
        try await withTaskExecutorPreference(executor) { () throws(StorageError) in
            let file = try open(key)
            let size = try Self.size(of: file, key)
            let count = max(0, min(maxBytes, size - offset))
            return StoragePiece(
                bytes: try Self.contents(of: file, key, from: offset, count: count), objectSize: size)
        }
    }

    private func open(_ key: StorageKey) throws(StorageError) -> FileDescriptor {
        // Not to wait for the other end of a FIFO.
        try Self.open(key.lastComponent, in: parent(of: key), O_NONBLOCK, key)
    }

    /// The folder that an object is in.
    /// - Parameter makes: the folders that are not there yet, the storage's own among them.
    func parent(of key: StorageKey, makes: Bool = false) throws(StorageError) -> FileDescriptor {
        if makes { makeRoot() }
        var folder = FileDescriptor(owning: Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard folder.number >= 0 else { throw .unavailable("\(SystemError.last(root))") }
        for component in key.components.dropLast() {
            if makes { mkdirat(folder.number, component, 0o755) }
            folder = try Self.open(component, in: folder, O_DIRECTORY, key)
        }
        return folder
    }

    private static func open(
        _ component: String, in folder: borrowing FileDescriptor, _ flags: Int32, _ key: StorageKey
    ) throws(StorageError) -> FileDescriptor {
        let number = openat(folder.number, component, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags)
        guard number < 0 else { return FileDescriptor(owning: number) }
        switch errno {
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, ENXIO: throw .absent(key)
        default: throw .unavailable("\(SystemError.last(key.text))")
        }
    }

    private static func size(of file: borrowing FileDescriptor, _ key: StorageKey) throws(StorageError) -> Int {
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw .unavailable("\(SystemError.last(key.text))") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .absent(key) }
        return Int(status.st_size)
    }

    private static func contents(
        of file: borrowing FileDescriptor, _ key: StorageKey, from offset: Int, count: Int
    ) throws(StorageError) -> [UInt8] {
        // A file that was cut short meanwhile is as long as it is.
        do throws(SystemError) { return try file.bytes(from: offset, count: count) } catch {
            throw .unavailable("\(SystemError(code: error.code, attempt: key.text))")
        }
    }
}
