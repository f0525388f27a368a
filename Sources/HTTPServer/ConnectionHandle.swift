internal import CMicroHTTPD
internal import Glibc
internal import Platform

/// libmicrohttpd's connection, while a request is on it.
///
/// Sendable, since all but ``resume()`` is called on the connection's own thread alone, and that while the connection is
/// suspended, when the library keeps it; it may be called on any thread.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Leaves it alone until ``resume()``. Only within the callback for a request.
    func suspend() { MHD_suspend_connection(pointer) }

    /// Has the callback called again.
    func resume() {
        // Asked for before it is resumed: then it may be gone at any time.
        let daemon = connection?.daemon
        MHD_resume_connection(pointer)
        daemon?.runSoon()
    }

    /// What was made of it when it was opened.
    var connection: OpenConnection? {
        cw_http_socket_context(pointer).map { Unmanaged<OpenConnection>.fromOpaque($0).takeUnretainedValue() }
    }

    var socket: Int32 { cw_http_socket(pointer) }

    /// The header fields of the request.
    var fields: HTTPFields {
        var fields = HTTPFields()
        withUnsafeMutablePointer(to: &fields) { fields in
            _ = MHD_get_connection_values(
                pointer, .HEADER_KIND,
                { context, _, name, value in
                    guard let context, let name else { return .YES }
                    context.assumingMemoryBound(to: HTTPFields.self).pointee.append(
                        name: CText(name).bytes, value: CText(value).bytes)
                    return .YES
                }, fields)
        }
        return fields
    }

    /// Begins to send an answer. Only within the callback for a request.
    /// - Parameters:
    ///   - defaults: fields that it has beside its own, unless they are of the same names.
    ///   - more: those that it has in any case.
    /// - Returns: false when the library has no memory for it.
    func send(
        _ response: HTTPResponse, _ defaults: [HTTPResponse.Field], _ more: HTTPResponse.Field...
    ) -> Bool {
        guard let made = response.stream.map({ answer(of: $0) }) ?? answer(of: response.body) else { return false }
        defer { MHD_destroy_response(made) }
        for field in response.fields { add(field, to: made) }
        for field in defaults where !response.fields.contains(where: { $0.name == field.name }) { add(field, to: made) }
        for field in more { add(field, to: made) }
        return MHD_queue_response(pointer, UInt32(response.status.code), made) == .YES
    }

    private func add(_ field: HTTPResponse.Field, to response: OpaquePointer) {
        // A text that is given to C by itself is copied first.
        field.name.withCString { name in
            field.value.withCString { value in _ = MHD_add_response_header(response, name, value) }
        }
    }

    private func answer(of body: [UInt8]) -> OpaquePointer? {
        // It copies the bytes, and asks for a pointer that may change them.
        body.withUnsafeBytes { bytes in
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
    }

    /// Pieces go from the stream into the connection's own buffer; the block is for those who speak HTTP/1.0.
    private func answer(of stream: ByteStream) -> OpaquePointer? {
        let reader = Unmanaged.passRetained(StreamReader(stream, self))
        let made = MHD_create_response_from_callback(.max, 1024, readStream, reader.toOpaque()) { reader in
            if let reader { Unmanaged<StreamReader>.fromOpaque(reader).release() }
        }
        if made == nil { reader.release() }
        return made
    }

    /// How much the kernel keeps for a client who reads more slowly than we write.
    func limitSendBuffer(to bytes: Int32) {
        var bytes = bytes
        setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
}

/// Gives as many bytes as there are and fit; when there are none it lets the connection rest, and says so with 0.
private let readStream: MHD_ContentReaderCallback = { reader, _, buffer, room in
    guard let reader, let buffer else { return StreamReader.end }
    let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: room)
    return Unmanaged<StreamReader>.fromOpaque(reader).takeUnretainedValue().read(into: bytes)
}
