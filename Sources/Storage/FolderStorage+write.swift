internal import Glibc
internal import Platform

extension FolderStorage {
    package func write(_ bytes: [UInt8], to key: StorageKey, mediaType: String) async throws(StorageError) {
        try await replace(key) { file throws(SystemError) in
            try file.write(bytes)
        }
    }

    package func write(file path: String, to key: StorageKey, mediaType: String) async throws(StorageError) {
        try await replace(key) { file throws(SystemError) in try Self.copy(path, to: file) }
    }

    package func delete(_ key: StorageKey) async throws(StorageError) {
        try await withTaskExecutorPreference(executor) { () throws(StorageError) in
            do throws(StorageError) {
                // One that nothing was written to yet has nothing to delete.
                makeRoot()
                let folder = try parent(of: key)
                guard unlinkat(folder.number, key.lastComponent, 0) == 0 || errno == ENOENT,
                    fsync(folder.number) == 0
                else { throw .unavailable("\(SystemError.last(key.text))") }
            } catch .absent {}
        }
    }

    private func replace(
        _ key: StorageKey, _ fill: @Sendable (borrowing NewFile) throws(SystemError) -> Void
    ) async throws(StorageError) {
        try await withTaskExecutorPreference(executor) { () throws(StorageError) in
            let folder = try parent(of: key, makes: true)
            do throws(SystemError) {
                let file = try NewFile(in: folder, root)
                try fill(file)
                try file.publish(as: key.lastComponent)
            } catch {
                throw .unavailable("\(error)")
            }
        }
    }

    private static func copy(_ path: String, to file: borrowing NewFile) throws(SystemError) {
        let source = FileDescriptor(owning: Glibc.open(path, O_RDONLY | O_CLOEXEC))
        guard source.number >= 0 else { throw .last(path) }
        var room = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(source.number, &room, room.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last(path) }
            guard count > 0 else { return }
            try file.write(room, count: count)
        }
    }
}
