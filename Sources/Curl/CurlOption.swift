internal import CCurl

/// An option of a handle: https://curl.se/libcurl/c/curl_easy_setopt.html
package struct CurlOption: Sendable {
    let number: CURLoption

    package static var url: CurlOption { CurlOption(number: CURLOPT_URL) }
    /// Which it may use at all: `http,https`.
    package static var protocols: CurlOption { CurlOption(number: CURLOPT_PROTOCOLS_STR) }
    /// 1: no more than the connection is made, and who is there greeted.
    package static var connectsOnly: CurlOption { CurlOption(number: CURLOPT_CONNECT_ONLY) }
    package static var connectTimeout: CurlOption { CurlOption(number: CURLOPT_CONNECTTIMEOUT_MS) }
    package static var timeout: CurlOption { CurlOption(number: CURLOPT_TIMEOUT_MS) }
    /// A file of certificates that are trusted instead of the system's.
    package static var certificatesFile: CurlOption { CurlOption(number: CURLOPT_CAINFO) }
    package static var userName: CurlOption { CurlOption(number: CURLOPT_USERNAME) }
    package static var password: CurlOption { CurlOption(number: CURLOPT_PASSWORD) }
    package static var accessToken: CurlOption { CurlOption(number: CURLOPT_XOAUTH2_BEARER) }
    package static var loginOptions: CurlOption { CurlOption(number: CURLOPT_LOGIN_OPTIONS) }

    static var noSignal: CurlOption { CurlOption(number: CURLOPT_NOSIGNAL) }
    static var quickExit: CurlOption { CurlOption(number: CURLOPT_QUICK_EXIT) }
    static var leastTLS: CurlOption { CurlOption(number: CURLOPT_SSLVERSION) }
    static var verifiesPeer: CurlOption { CurlOption(number: CURLOPT_SSL_VERIFYPEER) }
    static var verifiesHost: CurlOption { CurlOption(number: CURLOPT_SSL_VERIFYHOST) }
    static var usesTLS: CurlOption { CurlOption(number: CURLOPT_USE_SSL) }
    static var hidesProgress: CurlOption { CurlOption(number: CURLOPT_NOPROGRESS) }
    static var method: CurlOption { CurlOption(number: CURLOPT_CUSTOMREQUEST) }
    static var hasNoBody: CurlOption { CurlOption(number: CURLOPT_NOBODY) }
    static var bodyBytes: CurlOption { CurlOption(number: CURLOPT_POSTFIELDSIZE) }
    static var signature: CurlOption { CurlOption(number: CURLOPT_AWS_SIGV4) }
    static var leavesPathAsIs: CurlOption { CurlOption(number: CURLOPT_PATH_AS_IS) }
}
