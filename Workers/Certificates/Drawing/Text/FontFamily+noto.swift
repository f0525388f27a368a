internal import CertificateTemplates

extension FontFamily {
    /// The families to look for a letter in, in this order, as pango reads them.
    /// - Parameter chinese: the face of CJK whose shapes the text wants.
    func names(_ script: HanScript) -> String {
        let latin =
            switch self {
            case .serif: ["Noto Serif"]
            case .sans: ["Noto Sans"]
            case .displaySerif: ["Noto Serif Display", "Noto Serif"]
            case .displaySans: ["Noto Sans Display", "Noto Sans"]
            }
        let style = isSerif ? "Noto Serif" : "Noto Sans"
        let scripts = Self.scripts.map { "\(style) \($0)" }
        let arabic = isSerif ? "Noto Naskh Arabic" : "Noto Sans Arabic"
        return (latin + ["\(style) CJK \(script.rawValue)", arabic] + scripts + ["Noto Color Emoji"])
            .joined(separator: ",")
    }

    /// What both styles have. Other scripts are found by fontconfig, in the style there is.
    private static let scripts = [
        "Hebrew", "Devanagari", "Telugu", "Thai", "Bengali", "Tamil", "Gujarati", "Gurmukhi", "Kannada", "Malayalam",
        "Sinhala", "Armenian", "Georgian", "Ethiopic", "Khmer", "Lao", "Myanmar",
    ]
}
