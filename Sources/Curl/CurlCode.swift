internal import CCurl

/// How a call of libcurl ended.
package struct CurlCode: Sendable, Equatable, CustomStringConvertible {
    private let code: CURLcode

    init(_ code: CURLcode) { self.code = code }

    package static var ok: CurlCode { CurlCode(CURLE_OK) }
    /// Nothing can be sent or is there now.
    package static var again: CurlCode { CurlCode(CURLE_AGAIN) }
    package static var loginDenied: CurlCode { CurlCode(CURLE_LOGIN_DENIED) }
    package static var encryptionFailed: CurlCode { CurlCode(CURLE_USE_SSL_FAILED) }
    package static var peerNotTrusted: CurlCode { CurlCode(CURLE_PEER_FAILED_VERIFICATION) }
    package static var stoppedByObserver: CurlCode { CurlCode(CURLE_ABORTED_BY_CALLBACK) }
    package static var timedOut: CurlCode { CurlCode(CURLE_OPERATION_TIMEDOUT) }

    /// In libcurl's words.
    package var description: String { String(cString: curl_easy_strerror(code)) }
}
