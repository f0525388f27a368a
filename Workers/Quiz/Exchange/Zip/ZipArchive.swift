import CZip

/// A zip file in memory, read with limits: whoever made it may be hostile.
final class ZipArchive {
    /// Of an archive.
    static let mostFiles = 10_000
    /// Of all files of an archive that are read, unpacked. Deflate makes a thousandth of what is empty.
    static let mostUnpackedBytes = 256 << 20

    private let handle: OpaquePointer
    /// What the source points to, for as long as the archive is open.
    private let bytes: UnsafeMutableRawBufferPointer
    private var unpackedBytes = 0

    init(_ content: [UInt8]) throws(InvalidImport) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, content.count), alignment: 1)
        bytes.copyBytes(from: content)
        guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(content.count), 0, nil) else {
            bytes.deallocate()
            throw InvalidImport("There is no memory to read the file.")
        }
        guard let handle = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            bytes.deallocate()
            throw InvalidImport("The file is no zip archive, or it is damaged.")
        }
        (self.handle, self.bytes) = (handle, bytes)
    }

    deinit {
        zip_discard(handle)
        bytes.deallocate()
    }

    /// - Throws: for more files than are read.
    func check() throws(InvalidImport) {
        let count = Int(zip_get_num_entries(handle, 0))
        guard count <= Self.mostFiles else {
            throw InvalidImport("The archive has \(count) files; \(Self.mostFiles) are allowed at most.")
        }
    }

    /// A file by its path in the archive; nothing when it is not there.
    /// - Throws: for what is encrypted, damaged or too large.
    func file(_ path: String) throws(InvalidImport) -> [UInt8]? {
        let index = zip_name_locate(handle, path, 0)
        guard index >= 0 else { return nil }
        guard let file = zip_fopen_index(handle, zip_uint64_t(index), 0) else {
            throw InvalidImport("The file \(path) of the archive is encrypted, or damaged.")
        }
        defer { zip_fclose(file) }
        return try read(file, path)
    }

    /// As far as it really goes: the size that a header tells may be a lie.
    private func read(_ file: OpaquePointer, _ path: String) throws(InvalidImport) -> [UInt8] {
        var (content, portion) = ([UInt8](), [UInt8](repeating: 0, count: 64 << 10))
        while true {
            let count = Int(zip_fread(file, &portion, zip_uint64_t(portion.count)))
            guard count >= 0 else { throw InvalidImport("The file \(path) of the archive is damaged.") }
            guard count > 0 else { return content }
            unpackedBytes += count
            guard content.count + count <= InvalidImport.mostBytes, unpackedBytes <= Self.mostUnpackedBytes else {
                throw InvalidImport("The archive unpacks to more than is allowed; split it into several.")
            }
            content += portion[..<count]
        }
    }
}
