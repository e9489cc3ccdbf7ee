"""A new password for somebody who lost theirs, given at the machine itself."""

from sqlalchemy import select

from assemblies.foundation.refusals import NotFound
from assemblies.foundation.site import Site
from assemblies.records.people import AccountRecord
from assemblies.staff import services as staff


def reset(site: Site, username: str) -> str:
    """Set a random password, end the account's sessions, and return what to tell its owner.

    Raises `NotFound` for a name that no open account has.
    """
    password = staff.new_password()
    with site.database.writing() as session:
        found = select(AccountRecord.id).where(
            AccountRecord.username == username, AccountRecord.disabled_at.is_(None)
        )
        account = session.execute(found).scalar_one_or_none()
        if account is None:
            raise NotFound(f"没有名为“{username}”的账号，或者它已经停用。")
        staff.set_password(session, account, password)
    return f"账号 {username} 的新密码：{password}\n旧密码和已登录的页面都已失效，请妥善保管。"
