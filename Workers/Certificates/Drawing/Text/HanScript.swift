/// Whose shapes Chinese characters take, which Unicode does not tell.
enum HanScript: String {
    case simplified = "SC"
    case traditional = "TC"
    case japanese = "JP"
    case korean = "KR"

    /// By the kana or hangul beside them, else by the language of the certificate.
    init(of text: String, language: String) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .japanese
            case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .korean
            default: continue
            }
            return
        }
        let language = language.lowercased()
        self =
            language.hasPrefix("ja")
            ? .japanese
            : language.hasPrefix("ko")
                ? .korean
                : ["zh-tw", "zh-hk", "zh-mo", "zh-hant"].contains(where: language.hasPrefix)
                    ? .traditional : .simplified
    }
}
