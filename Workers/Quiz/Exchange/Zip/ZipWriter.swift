import CZip

/// Makes a zip archive in memory; the same files always make the same bytes.
enum ZipWriter {
    /// - Returns: `nil` without memory.
    static func archive(_ files: [(path: String, content: String)]) -> [UInt8]? {
        guard let target = zip_source_buffer_create(nil, 0, 0, nil) else { return nil }
        // The archive lets go of it when it is closed; it is read afterwards.
        zip_source_keep(target)
        defer { zip_source_free(target) }
        guard let handle = zip_open_from_source(target, ZIP_TRUNCATE, nil) else {
            zip_source_free(target)
            return nil
        }
        let contents = files.map { Array($0.content.utf8).copied }
        defer { for content in contents { content.deallocate() } }
        for (file, content) in zip(files, contents) {
            guard add(file.path, content, to: handle) else {
                zip_discard(handle)
                return nil
            }
        }
        guard zip_close(handle) == 0 else {
            zip_discard(handle)
            return nil
        }
        return bytes(of: target)
    }

    private static func add(_ path: String, _ content: UnsafeRawBufferPointer, to handle: OpaquePointer) -> Bool {
        guard let source = zip_source_buffer(handle, content.baseAddress, zip_uint64_t(content.count), 0) else {
            return false
        }
        let index = zip_file_add(handle, path, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            return false
        }
        // 1 January 1980, the first day that zip knows: not the time of the export.
        return zip_file_set_dostime(handle, zip_uint64_t(index), 0, 1 << 5 | 1, 0) == 0
    }

    private static func bytes(of source: OpaquePointer) -> [UInt8]? {
        guard zip_source_open(source) == 0 else { return nil }
        defer { zip_source_close(source) }
        var (content, portion) = ([UInt8](), [UInt8](repeating: 0, count: 64 << 10))
        while true {
            let count = Int(zip_source_read(source, &portion, zip_uint64_t(portion.count)))
            guard count >= 0 else { return nil }
            guard count > 0 else { return content }
            content += portion[..<count]
        }
    }
}

extension [UInt8] {
    /// In memory that stays where it is.
    fileprivate var copied: UnsafeRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Swift.max(1, count), alignment: 1)
        memory.copyBytes(from: self)
        return UnsafeRawBufferPointer(rebasing: memory[..<count])
    }
}
