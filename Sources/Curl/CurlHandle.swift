internal import CCurl
internal import Glibc

/// Owns one handle of libcurl. One thread at a time may use it.
package final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    private let observation = CurlObservation()

    /// - Throws: when there is no memory.
    package init() throws(CurlUnavailable) {
        guard Self.libraryStarted, let pointer = curl_easy_init() else { throw CurlUnavailable() }
        self.pointer = pointer
        // Signals would be delivered to whatever thread libcurl's timers meet.
        set(.noSignal, 1)
        // A name server that does not answer would hold up the end of the handle.
        set(.quickExit, 1)
        set(.leastTLS, CURL_SSLVERSION_TLSv1_2)
        set(.verifiesPeer, 1)
        set(.verifiesHost, 2)
    }

    deinit { curl_easy_cleanup(pointer) }

    package func set(_ option: CurlOption, _ value: Int) { cw_curl_set_long(pointer, option.number, value) }

    /// libcurl copies the text.
    package func set(_ option: CurlOption, _ value: String) { cw_curl_set_text(pointer, option.number, value) }

    /// To the millisecond.
    package func set(_ option: CurlOption, _ value: Duration) {
        let (seconds, attoseconds) = value.components
        set(option, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    /// Whether a connection that cannot be encrypted (STARTTLS) is given up.
    package func requireEncryption(_ isRequired: Bool) {
        set(.usesTLS, Int((isRequired ? CURLUSESSL_ALL : CURLUSESSL_NONE).rawValue))
    }

    /// Tells it what comes, and asks it at least once a second whether to go on.
    package func observe(by observer: any CurlObserver) { observation.begin(by: observer, on: self) }

    /// Blocks until all is done.
    package func perform() -> CurlCode { CurlCode(curl_easy_perform(pointer)) }

    /// Sends what the other side takes at once, over a connection that `connectsOnly` has made.
    package func send(_ bytes: UnsafeRawBufferPointer) -> (code: CurlCode, count: Int) {
        var count = 0
        let code = curl_easy_send(pointer, bytes.baseAddress, bytes.count, &count)
        return (CurlCode(code), count)
    }

    /// Receives what is there, over a connection that `connectsOnly` has made.
    package func receive(into room: UnsafeMutableRawBufferPointer) -> (code: CurlCode, count: Int) {
        var count = 0
        let code = curl_easy_recv(pointer, room.baseAddress, room.count, &count)
        return (CurlCode(code), count)
    }

    /// The connection's socket; -1 when there is none.
    package var socket: Int32 {
        var socket: Int32 = -1
        return cw_curl_get_socket(pointer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket : -1
    }

    /// Whether the server has accepted the connection.
    package var isConnected: Bool { number(CURLINFO_CONNECT_TIME_T) > 0 }

    /// How many bytes of a body have been written to the server.
    var uploadedBytes: Int { number(CURLINFO_SIZE_UPLOAD_T) }

    var responseCode: Int {
        var code = 0
        cw_curl_get_long(pointer, CURLINFO_RESPONSE_CODE, &code)
        return code
    }

    private func number(_ info: CURLINFO) -> Int {
        var number: curl_off_t = 0
        return cw_curl_get_size(pointer, info, &number) == CURLE_OK ? Int(number) : 0
    }

    /// Done at the first use, not when the process starts. Swift runs it once, whatever thread comes first.
    private static let libraryStarted: Bool = {
        // OpenSSL writes without MSG_NOSIGNAL: a server that hangs up would end the process and every job in it.
        signal(SIGPIPE, SIG_IGN)
        return cw_curl_start() == CURLE_OK
    }()
}
