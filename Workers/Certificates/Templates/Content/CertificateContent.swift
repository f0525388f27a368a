/// What one certificate says. Its texts are clean: see ``CleanText``.
public struct CertificateContent: Sendable, Equatable {
    public let learner: String
    public let course: String
    public let issuer: String
    public let date: CertificateDate
    /// The code by which the certificate is verified.
    public let code: String
    /// The page that verifies it.
    public let url: String
    public var expiry: CertificateDate?
    public private(set) var grade: String?
    public private(set) var instructor: String?
    /// The instructor's, a PNG.
    public private(set) var signature: [UInt8]?
    /// As BCP 47 writes it; nil means the template's own.
    public private(set) var language: String?

    /// - Parameters:
    ///   - code: 4 to 64 letters, digits and `-`.
    ///   - url: http or https, in ASCII.
    /// - Throws: ``InvalidCertificate``, which names what is not fit to be shown.
    public init(
        learner: String, course: String, issuer: String, date: CertificateDate, code: String, url: String
    ) throws(InvalidCertificate) {
        self.learner = try CleanText.of(learner, "The learner's name")
        self.course = try CleanText.of(course, "The course's title")
        self.issuer = try CleanText.of(issuer, "The issuer's name")
        self.date = date
        guard Self.isCode(code) else {
            throw InvalidCertificate("The code is not 4 to 64 letters, digits and '-'.")
        }
        guard Self.isURL(url) else {
            throw InvalidCertificate("The verification page's URL is not http(s)://… in at most 500 letters of ASCII.")
        }
        self.code = code
        self.url = url
    }

    public mutating func set(grade: String) throws(InvalidCertificate) {
        self.grade = try CleanText.of(grade, "The grade")
    }

    public mutating func set(instructor: String, signature: [UInt8]?) throws(InvalidCertificate) {
        self.instructor = try CleanText.of(instructor, "The instructor's name")
        if let signature { try PNG.check(signature, "The instructor's signature") }
        self.signature = signature
    }

    public mutating func set(language: String) throws(InvalidCertificate) {
        guard LanguageTag.isOne(language) else {
            throw InvalidCertificate("The language is not a tag such as en or pt-BR.")
        }
        self.language = language
    }

    package func has(_ field: ContentField) -> Bool {
        switch field {
        case .learner, .course, .issuer, .date, .code, .url: true
        case .expiry: expiry != nil
        case .grade: grade != nil
        case .instructor: instructor != nil
        case .signature: signature != nil
        }
    }

    /// What is shown of a field; nil for one that this certificate does not have, and for the signature.
    package func text(of field: ContentField, language: String) -> String? {
        switch field {
        case .learner: learner
        case .course: course
        case .issuer: issuer
        case .date: date.text(in: language)
        case .expiry: expiry?.text(in: language)
        case .grade: grade
        case .instructor: instructor
        case .code: code
        case .url: url
        case .signature: nil
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (4...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || isAlphanumeric($0) }
    }

    package static func isURL(_ text: String) -> Bool {
        let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://") ? text.dropFirst(7) : ""
        return !rest.isEmpty && text.utf8.count <= 500
            && text.utf8.allSatisfy { isAlphanumeric($0) || "-._~:/?#[]@!$&*+,;=%".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
