/// What a handler throws that failed and knows what to say to the client: the cause is logged where there is one,
/// the answer is sent.
package struct HTTPError: Error {
    let answer: HTTPResponse
    let cause: (any Error)?

    package init(answer: HTTPResponse, cause: (any Error)?) { (self.answer, self.cause) = (answer, cause) }
}
