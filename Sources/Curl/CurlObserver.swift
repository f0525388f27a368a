/// What watches over a transfer of libcurl, on the thread that performs it.
package protocol CurlObserver: AnyObject {
    /// Takes one line of what the server says of itself: a header of HTTP, a line of a reply.
    /// - Returns: false ends the transfer.
    func take(line: UnsafeRawBufferPointer) -> Bool

    /// Takes the next bytes of what the server sends.
    /// - Returns: false ends the transfer.
    func take(body: UnsafeRawBufferPointer) -> Bool

    /// Asked at least once a second.
    var mayGoOn: Bool { get }
}

extension CurlObserver {
    package func take(body: UnsafeRawBufferPointer) -> Bool { true }
}
