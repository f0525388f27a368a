/// Which mails are meant; all that is set must hold.
public struct MailFilter: Sendable {
    public var state: MailState?
    public var recipient: String?
    public var list: String?
    public var template: String?

    public init() {}
}
