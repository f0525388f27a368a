internal import Glibc
internal import Platform

extension S3Storage {
    package func write(file path: String, to key: StorageKey, mediaType: String) async throws(StorageError) {
        let file = try SourceFile(path)
        guard file.size > Self.partBytes else {
            return try await write(file.read(from: 0, count: file.size), to: key, mediaType: mediaType)
        }
        let upload = try await client.beginUpload(to: key, mediaType: mediaType)
        do throws(StorageError) {
            try await client.complete(upload, parts(of: file, upload, key), to: key)
        } catch {
            // The object stays what it was. Who aborts is in no hurry to hear that this failed too.
            try? await client.abort(upload, to: key)
            throw error
        }
    }

    private func parts(
        of file: SourceFile, _ upload: String, _ key: StorageKey
    ) async throws(StorageError) -> [S3Part] {
        var parts: [S3Part] = []
        for offset in stride(from: 0, to: file.size, by: Self.partBytes) {
            let bytes = try file.read(from: offset, count: min(Self.partBytes, file.size - offset))
            parts.append(try await client.upload(bytes, as: parts.count + 1, of: upload, to: key))
        }
        return parts
    }
}

/// A file that is put into the storage.
private final class SourceFile: Sendable {
    let size: Int
    private let path: String
    private let file: FileDescriptor

    init(_ path: String) throws(StorageError) {
        self.path = path
        file = FileDescriptor(owning: open(path, O_RDONLY | O_CLOEXEC))
        var status = stat()
        guard file.number >= 0, fstat(file.number, &status) == 0 else {
            throw .unavailable("\(SystemError.last(path))")
        }
        size = Int(status.st_size)
    }

    func read(from offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try file.bytes(from: offset, count: count) } catch {
            throw .unavailable("\(SystemError(code: error.code, attempt: path))")
        }
        guard bytes.count == count else { throw .unavailable("\(path) was cut short while it was read") }
        return bytes
    }
}
