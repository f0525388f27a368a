internal import CMicroHTTPD
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
    func resume() { MHD_resume_connection(pointer) }

    /// The context that was set when the connection was opened.
    var context: UnsafeMutableRawPointer? { cw_http_socket_context(pointer) }

    var socket: Int32 { cw_http_socket(pointer) }

    var client: String { cw_http_client(pointer).map { SocketAddress($0).host } ?? "unknown" }

    /// The header fields of the request.
    var fields: HTTPFields {
        var fields = HTTPFields()
        withUnsafeMutablePointer(to: &fields) { fields in
            _ = MHD_get_connection_values(
                pointer, .HEADER_KIND,
                { context, _, name, value in
                    guard let context, let name else { return .YES }
                    context.assumingMemoryBound(to: HTTPFields.self).pointee.append(
                        name: CText(name), value: CText(value))
                    return .YES
                }, fields)
        }
        return fields
    }

    /// Begins to send an answer. Only within the callback for a request.
    /// - Returns: false when the library has no memory for it.
    func send(_ response: HTTPResponse, _ fields: [HTTPResponse.Field]) -> Bool {
        // It copies the bytes, and asks for a pointer that may change them.
        let made = response.body.withUnsafeBytes { bytes in
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made else { return false }
        defer { MHD_destroy_response(made) }
        for field in fields { _ = MHD_add_response_header(made, field.name, field.value) }
        return MHD_queue_response(pointer, UInt32(response.status.code), made) == .YES
    }
}
