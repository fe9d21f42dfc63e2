"""The one settings file. Everything that differs between machines comes from the environment.

`ENVIRONMENT=production` (the default) refuses to start when something that protects people is
missing; `ENVIRONMENT=local` is what `script/server` and `script/test` use: loopback addresses only,
data under `DATA_DIR`, mail kept in the development inbox.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = environment.text("ENVIRONMENT", "production")
if ENVIRONMENT not in {"local", "production"}:
    msg = f"ENVIRONMENT={ENVIRONMENT} is not understood: use local or production."
    raise ImproperlyConfigured(msg)
LOCAL = ENVIRONMENT == "local"

DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / "var")
DEBUG = environment.boolean("DEBUG", default=False)
if DEBUG and not LOCAL:
    msg = "DEBUG=true shows settings and code to visitors: it is refused outside ENVIRONMENT=local."
    raise ImproperlyConfigured(msg)


def _local_secret_key() -> str:
    """Return the key kept in the data folder, made at first start."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


# Security ----------------------------------------------------------------------------------------

SECRET_KEY = environment.text("SECRET_KEY") or (
    _local_secret_key() if LOCAL else environment.required("SECRET_KEY")
)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
for key in () if LOCAL else (SECRET_KEY, *SECRET_KEY_FALLBACKS):
    if len(key) < 50 or len(set(key)) < 5:
        msg = "SECRET_KEY and its fallbacks must hold at least 50 characters drawn at random."
        raise ImproperlyConfigured(msg)

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
if LOCAL:
    ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ",".join(LOOPBACK))
    if not set(ALLOWED_HOSTS) <= set(LOOPBACK):
        msg = "ENVIRONMENT=local serves this machine alone: ALLOWED_HOSTS must stay on loopback."
        raise ImproperlyConfigured(msg)
else:
    environment.required("ALLOWED_HOSTS")
    ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        msg = "ALLOWED_HOSTS must name the portal's hosts; * is refused."
        raise ImproperlyConfigured(msg)

# The portal's own address: links in e-mails and the codes printed on sealed documents.
SITE_URL = environment.text("SITE_URL", "http://localhost:8000" if LOCAL else "").rstrip("/")
if not LOCAL and not SITE_URL.startswith("https://"):
    msg = "SITE_URL must give the portal's public address and start with https://."
    raise ImproperlyConfigured(msg)

SECURE = not LOCAL
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Set to the proxy's header only behind a proxy that overwrites it.
if environment.boolean("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# People ------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.ContextWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "reporting:dashboard"
LOGOUT_REDIRECT_URL = "accounts:login"
# A pair (account, address) is refused for 15 minutes after five failures; nobody can lock a
# colleague out from another address (ASVS 6.3.1).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "accounts.views.session.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# Applications ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.admin.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "django_htmx",
    "django_prose_editor",
    "territories",
    "accounts",
    "conventions",
    "engagements",
    "reminders",
    "reporting",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.protect",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.remember_address",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = "crispy_revoyure"
CRISPY_ALLOWED_TEMPLATE_PACKS = "crispy_revoyure"
CRISPY_FAIL_SILENTLY = False
INSTALLED_APPS += ["django.forms"]

# Data --------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database("DATABASE_URL", DATA_DIR / "revoyure.sqlite3")}
if not LOCAL:
    environment.required("DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Uploaded and produced bytes, under their SHA-256, outside any folder served by the web server.
FILES_DIR = environment.folder("FILES_DIR", DATA_DIR / "files")
FILE_UPLOAD_MAX_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Work in the background --------------------------------------------------------------------------

REDIS_URL = environment.text("REDIS_URL") if LOCAL else environment.required("REDIS_URL")
# A folder has no host, yet Kombu warns at every message when none is named.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
if not REDIS_URL:
    QUEUE_DIR = DATA_DIR / "queue"
    for name in ("messages", "control", "processed"):
        (QUEUE_DIR / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "polling_interval": 0.05,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "send-due-reminders": {"task": "reminders.tasks.send_due_reminders", "schedule": 60.0},
    "project-deadlines": {"task": "reminders.tasks.project_all_deadlines", "schedule": 3600.0},
    # The check itself comes once a night, at 3:30 in Paris; here is how soon a missed one is made.
    "check-portal": {"task": "reminders.tasks.check_portal", "schedule": 300.0},
    "tell-findings": {"task": "reminders.tasks.tell_findings", "schedule": 60.0},
    "render-waiting-documents": {
        "task": "reporting.tasks.render_waiting_documents",
        "schedule": 60.0,
    },
}

# An outside watcher called after each pass of the sender: it raises the alarm when the calls stop.
HEARTBEAT_PING_URL = environment.text("HEARTBEAT_PING_URL")
if HEARTBEAT_PING_URL and not HEARTBEAT_PING_URL.startswith(
    ("https://", "http://") if LOCAL else "https://"
):
    msg = "HEARTBEAT_PING_URL must give a web address and start with https://."
    raise ImproperlyConfigured(msg)

# Mail --------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "Revoyure <ne-pas-repondre@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
MAIL_DIR = DATA_DIR / "mail"
if environment.text("EMAIL_URL") or not LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(environment.email("EMAIL_URL"))
    DEVELOPMENT_INBOX = False
else:
    EMAIL_BACKEND = "config.mail.DevelopmentInbox"
    DEVELOPMENT_INBOX = True

# Seals (PAdES) -----------------------------------------------------------------------------------

SEAL_PKCS12 = environment.text("SEAL_PKCS12")
SEAL_PKCS12_PASSWORD = environment.text("SEAL_PKCS12_PASSWORD")
SEAL_TRUST_ROOTS = environment.words("SEAL_TRUST_ROOTS")
SEAL_TSA_URL = environment.text("SEAL_TSA_URL")
# Where the test certificate is made at first start when none is configured.
SEAL_TEST_DIR = DATA_DIR / "seal"

# Demonstration -----------------------------------------------------------------------------------

DEMO = environment.boolean("DEMO", default=False)
if DEMO and not LOCAL:
    msg = "DEMO=true opens accounts with a public password: it is refused in production."
    raise ImproperlyConfigured(msg)

# Who answers for this portal, told on its public pages --------------------------------------------

PUBLISHER = environment.text("PUBLISHER")
HOSTING = environment.text("HOSTING")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL")
DATA_PROTECTION_EMAIL = environment.text("DATA_PROTECTION_EMAIL")

# Language, time, logs ----------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # An address that is a key in itself is never written down.
    "filters": {"no_keys": {"()": "config.logs.HideKeys"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
    "loggers": {
        # What they refuse becomes an answer in French; their own words can hold tens of kilobytes.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        # The folder queue has no host, and says so at each start.
        "kombu.connection": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
