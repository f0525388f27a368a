internal import CCurl

/// Owns a libcurl list of texts.
final class CurlList {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ texts: [String]) {
        for text in texts { list = curl_slist_append(list, text) ?? list }
    }

    deinit { curl_slist_free_all(list) }
}
