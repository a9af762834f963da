#pragma once
// What one can do with an account. Knows nothing of HTTP, JSON or databases.
#include <functional>
#include <string>

#include "base/id_source.hpp"
#include "http/authenticator.hpp"
#include "identity/identity.hpp"
#include "identity/identity_lookup.hpp"
#include "identity/session_store.hpp"
#include "identity/token.hpp"
#include "identity/user_store.hpp"
#include "storage/unit_of_work.hpp"

namespace fitview::identity {

struct TokenLifetimes {
    Milliseconds access{std::chrono::minutes(30)};
    Milliseconds refresh{std::chrono::hours(24 * 7)};
};

/// Thread-safe; keeps no state of its own. Calls that hash a password take about 0.2 s of a core.
class Service final : public Lookup {
public:
    /// The references must outlive the service; the composition root owns them.
    Service(UserStore& users, SessionStore& sessions, storage::UnitOfWork& unit_of_work, const PasswordHasher& hasher,
            const TokenSigner& signer, TokenLifetimes lifetimes, const Clock& clock, IdSource& ids);

    /// Makes an account and signs it in. Hashes.
    /// Fails: email_taken.
    SignedIn register_user(const RegisterRequest& request);

    /// Signs in. Takes the same time whether or not the account exists. Hashes.
    /// Fails: bad_credentials.
    SignedIn login(const LoginRequest& request);

    /// A new pair for a refresh token, which is spent. A spent one ends the whole family of tokens.
    /// Fails: unauthenticated, token_expired, token_reused.
    SignedIn refresh(const std::string& refresh_token);

    /// Ends the session: its tokens stop working at once.
    void logout(const SessionId& session);

    /// Fails: unauthenticated when the account is gone.
    UserView profile(const UserId& user);
    std::optional<Measurements> measurements_of(const UserId& user) override;

    /// Changes what is given. A new password needs the current one and ends every other session; hashes then.
    /// `before_password_check` is called before a password is compared, to count the attempt.
    /// Fails: invalid_input (a wrong or missing current_password, a password that breaks a rule, fields only shops
    /// have), conflict when the profile kept changing meanwhile, what `before_password_check` throws.
    UserView change_profile(const UserId& user, const SessionId& session, const ProfileChange& change,
                            const std::function<void(const Email&)>& before_password_check);

    /// Makes an admin (or gives an existing account that role and password). Hashes. For the command line.
    /// Fails: invalid_input when the password breaks a rule.
    UserView make_admin(const Email& email, const PersonName& name, const std::string& password);

    /// Makes an account with a role unless the address is taken, and returns the account of that address. Hashes. For
    /// `seed`.
    UserView ensure_account(const RegisterRequest& request, const std::optional<Gstin>& gstin,
                            const std::optional<Text<1, 60>>& state, bool& made);

private:
    SignedIn sign_in(const User& user);
    SignedIn answer(const User& user, const Session& session) const;
    User user_of(const RegisterRequest& request);
    std::string new_password_hash(const User& stored, const ProfileChange& change,
                                  const std::function<void(const Email&)>& before_password_check) const;

    UserStore& users_;
    SessionStore& sessions_;
    storage::UnitOfWork& unit_of_work_;
    const PasswordHasher& hasher_;
    const TokenSigner& signer_;
    TokenLifetimes lifetimes_;
    const Clock& clock_;
    IdSource& ids_;
};

/// Judges access tokens for the pipeline: signature, expiry, and that the session is live. One store read per call.
/// Thread-safe.
class TokenAuthenticator final : public http::Authenticator {
public:
    TokenAuthenticator(const TokenSigner& signer, SessionStore& sessions) : signer_(signer), sessions_(sessions) {}
    std::variant<http::Identity, FailureCode> authenticate(std::string_view token) override;

private:
    const TokenSigner& signer_;
    SessionStore& sessions_;
};

}  // namespace fitview::identity
