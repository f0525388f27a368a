package import EmailWorker
import FoundationEssentials
package import HTTPServer
package import MailRecord

/// How a reader leaves a list: by the button of his mail program, which posts (RFC 8058), or by the one of the page behind
/// the link. Opening the page changes nothing: programs that look for viruses open every link.
package struct UnsubscribePages: Sendable {
    /// Nil where no links are made.
    let tokens: UnsubscribeTokens?
    /// Nil where there is no database: then nobody can leave.
    let record: MailRecord?

    package init(tokens: UnsubscribeTokens?, record: MailRecord?) { (self.tokens, self.record) = (tokens, record) }

    package var routes: [Route] {
        [
            Route(
                .get, "/unsubscribe", role: .public, "the page behind the links of mails",
                .awaiting { try await answer($0) }),
            Route(
                .post, "/unsubscribe", role: .public, "takes a reader off a list (RFC 8058)",
                .awaiting { try await answer($0) }),
        ]
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let tokens else { return .problem(.notFound, "There are no links for unsubscribing here.") }
        let (texts, token) = (UnsubscribeTexts.in(request.language), request.query["token"] ?? "")
        let subscription: Subscription
        do {
            subscription = try tokens.subscription(in: token, at: Date())
        } catch {
            let words = error == .expired ? texts.expired : texts.forged
            return try NoticePage(texts.title, words, .problem, request.language).response(.badRequest)
        }
        guard request.method == .post else {
            return try NoticePage(texts.title, texts.ask.of(subscription), .ask, request.language)
                .asking(texts.button, token: token).response(.ok)
        }
        try await unsubscribe(subscription, request, texts)
        return try NoticePage(texts.title, texts.done.of(subscription), .done, request.language).response(.ok)
    }

    private func unsubscribe(
        _ subscription: Subscription, _ request: HTTPRequest, _ texts: UnsubscribeTexts
    ) async throws {
        do {
            guard let record else { throw UnavailableRecord() }
            try await record.unsubscribe(subscription.address, from: subscription.list)
        } catch {
            let page = NoticePage(texts.title, texts.unavailable, .problem, request.language)
            throw HTTPError(answer: try page.response(.serviceUnavailable), cause: error)
        }
    }
}

extension PageWords {
    /// About a subscription. What an address holds stands for nothing.
    fileprivate func of(_ subscription: Subscription) -> Self {
        filling("$", with: subscription.list).filling("%", with: subscription.address)
    }
}
