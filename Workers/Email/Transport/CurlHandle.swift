import CCurl
import Glibc

/// Owns one handle of libcurl. One thread at a time may use it.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer

    /// - Throws: when there is no memory.
    init() throws(TransportFailure) {
        guard Self.libraryStarted, let pointer = curl_easy_init() else {
            throw .unavailable("libcurl could not be started; is there memory left?")
        }
        self.pointer = pointer
        // Signals would be delivered to whatever thread libcurl's timers meet.
        set(CURLOPT_NOSIGNAL, 1)
        // A name server that does not answer would hold up the end of the handle.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
    }

    deinit { curl_easy_cleanup(pointer) }

    func set(_ option: CURLoption, _ value: Int) { cw_curl_set_long(pointer, option, value) }
    func set(_ option: CURLoption, _ value: String) { cw_curl_set_text(pointer, option, value) }

    /// The connection's socket; -1 when there is none.
    var socket: Int32 {
        var socket: Int32 = -1
        return cw_curl_get_socket(pointer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket : -1
    }

    /// Whether the server has accepted the connection.
    var isConnected: Bool {
        var microseconds: curl_off_t = 0
        return cw_curl_get_size(pointer, CURLINFO_CONNECT_TIME_T, &microseconds) == CURLE_OK && microseconds > 0
    }

    static func explanation(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }

    /// Done at the first mail, not when the process starts. Swift runs it once, whatever thread comes first.
    private static let libraryStarted: Bool = {
        // OpenSSL writes without MSG_NOSIGNAL: a server that hangs up would end the process and every job in it.
        signal(SIGPIPE, SIG_IGN)
        return cw_curl_start() == CURLE_OK
    }()
}
