import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import django_countries.fields
import shopadmin.models.store
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from shopadmin.models.new_models import CreateModels

SEARCH = 'CREATE INDEX shopadmin_mail_search ON shopadmin_mail USING gin (search_text gin_trgm_ops)'


def make_search_index(apps, schema_editor) -> None:
    """SQLite's is made after each `migrate`."""
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(SEARCH)


class Migration(migrations.Migration):
    """The tables of a new shop, made at once. An older shop goes on through the migrations that are named here."""

    replaces = [
        ('shopadmin', '0001_initial'),
        ('shopadmin', '0002_hosts'),
        ('shopadmin', '0003_search_text_of_mails'),
        ('shopadmin', '0004_reword'),
        ('shopadmin', '0005_order_retention'),
        ('shopadmin', '0006_erase_guests'),
        ('shopadmin', '0007_guide_hidden'),
        ('shopadmin', '0008_texts_by_language'),
        ('shopadmin', '0009_mail_tries'),
        ('shopadmin', '0010_mail_replaced_by'),
        ('shopadmin', '0011_logo_and_home_picture'),
        ('shopadmin', '0012_taxes'),
        ('shopadmin', '0013_test_emails_index'),
        ('shopadmin', '0014_guest_checkout'),
        ('shopadmin', '0015_reminder_days'),
        ('shopadmin', '0016_staff_log'),
        ('shopadmin', '0017_claimed_by'),
        ('shopadmin', '0018_attachments_name_rows'),
        ('shopadmin', '0019_document_prefixes'),
    ]

    initial = True

    # What the replaced ones need, and nothing later: a shop may have all of them, and lack later ones of another app.
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='CacheRow',
                fields=[
                    ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                    ('value', models.TextField()),
                    ('expires', models.DateTimeField(db_index=True)),
                ],
                options={
                    'db_table': 'cache',
                },
            ),
            migrations.CreateModel(
                name='Host',
                fields=[
                    ('name', models.CharField(max_length=255, primary_key=True, serialize=False)),
                    ('since', models.DateTimeField()),
                    ('seen_at', models.DateTimeField()),
                    ('forwarded_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Mail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, verbose_name='kind')),
                    ('to', models.EmailField(max_length=254, verbose_name='to')),
                    ('language', models.CharField(max_length=10, verbose_name='language')),
                    ('subject', models.CharField(max_length=250, verbose_name='subject')),
                    ('text', models.TextField()),
                    ('html', models.TextField()),
                    ('attachments', models.JSONField(default=list, help_text='What the files are made from, such as document:12.')),
                    ('message_id', models.CharField(max_length=250, unique=True)),
                    ('secret', models.BooleanField(default=False)),
                    ('notice', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Delivered'), ('failed', 'Not delivered')], default='queued', max_length=10, verbose_name='status')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                    ('try_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('claimed_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='delivered')),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                    ('customer', models.ForeignKey(help_text='The customer this email is about; erased together with them.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to=settings.AUTH_USER_MODEL)),
                    ('search_text', models.TextField(blank=True, editable=False)),
                    ('replaced_by', models.OneToOneField(help_text='The same email, sent to another address.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaces', to='shopadmin.mail')),
                    ('claimed_by', models.UUIDField(null=True)),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['state', 'try_at'], name='mail_due'),
                        models.Index(fields=['-created_at', '-id'], name='mail_newest'),
                        models.Index(condition=models.Q(('name', 'test')), fields=['-id'], name='mail_test'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='MailTry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('error', models.CharField(max_length=250, verbose_name='error')),
                    ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='failed_tries', to='shopadmin.mail')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='SearchTextVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=63, unique=True)),
                    ('version', models.PositiveIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='StaffLogEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False)),
                    ('actor', models.BigIntegerField(null=True)),
                    ('act', models.CharField(choices=[('looked', 'Viewed'), ('searched', 'Listed or searched'), ('changed', 'Changed'), ('exported', 'Exported'), ('erased', 'Erased'), ('merged', 'Merged'), ('signed_in', 'Signed in'), ('sign_in_refused', 'Sign-in refused'), ('refused', 'Access refused')], max_length=20)),
                    ('whom', models.BigIntegerField(null=True)),
                    ('page', models.CharField(blank=True, max_length=60)),
                    ('detail', models.JSONField(default=dict)),
                    ('address', models.CharField(blank=True, max_length=45)),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['whom', '-id'], name='staff_log_of_customer'),
                        models.Index(fields=['actor', '-id'], name='staff_log_of_staff'),
                        models.Index(fields=['act', '-id'], name='staff_log_of_act'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='StoreSettings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(default='Shop', max_length=100, verbose_name='shop name')),
                    ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                    ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                    ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                    ('country', django_countries.fields.CountryField(default='NL', max_length=2, verbose_name='country')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                    ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact email')),
                    ('sender_email', models.EmailField(blank=True, max_length=254, verbose_name='sender email')),
                    ('notification_email', models.EmailField(blank=True, help_text='Receives emails about new orders, requests and deleted accounts.', max_length=254, verbose_name='notification email')),
                    ('coc_number', models.CharField(blank=True, max_length=40, verbose_name='chamber of commerce number')),
                    ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                    ('bank_name', models.CharField(blank=True, max_length=100, verbose_name='bank')),
                    ('iban', models.CharField(blank=True, max_length=42, verbose_name='IBAN')),
                    ('bic', models.CharField(blank=True, max_length=11, verbose_name='BIC')),
                    ('languages', models.JSONField(default=shopadmin.models.store.default_languages, verbose_name='languages')),
                    ('currency', models.CharField(default='EUR', max_length=3, verbose_name='currency')),
                    ('time_zone', models.CharField(default='Europe/Amsterdam', max_length=60, verbose_name='time zone')),
                    ('accounts_enabled', models.BooleanField(default=True, verbose_name='customer accounts')),
                    ('approval', models.CharField(choices=[('nobody', 'Nobody'), ('business', 'Business customers'), ('everybody', 'Everybody')], default='nobody', max_length=10, verbose_name='who needs approval')),
                    ('order_prefix', models.CharField(blank=True, max_length=4, verbose_name='order number prefix')),
                    ('invoice_when', models.CharField(choices=[('by_hand', 'Manually'), ('paid', 'When the order is paid'), ('shipped', 'When the order is shipped')], default='by_hand', max_length=10, verbose_name='when invoices are created')),
                    ('payment_methods', models.JSONField(default=list, verbose_name='payment methods')),
                    ('payment_days', models.PositiveSmallIntegerField(default=14, verbose_name='payment term (days)')),
                    ('retention_years', models.PositiveSmallIntegerField(blank=True, help_text="Leave empty to use the legal period of the shop's country.", null=True, verbose_name='invoice retention (years)')),
                    ('privacy_policy', models.JSONField(blank=True, default=dict, verbose_name='privacy policy')),
                    ('terms', models.JSONField(blank=True, default=dict, verbose_name='terms')),
                    ('imprint', models.JSONField(blank=True, default=dict, verbose_name='imprint')),
                    ('withdrawal_information', models.JSONField(blank=True, default=dict, verbose_name='withdrawal information')),
                    ('order_retention_years', models.PositiveSmallIntegerField(blank=True, help_text="Leave empty to use the legal period of the shop's country.", null=True, verbose_name='retention of orders without a document (years)')),
                    ('erase_guests_after_days', models.PositiveSmallIntegerField(blank=True, help_text='Counted from the day on which their last order was done. Empty: they are kept.', null=True, verbose_name='days after which guests are erased')),
                    ('guide_hidden', models.BooleanField(default=False, help_text='Whether the set-up guide is off the dashboard.')),
                    ('tagline', models.JSONField(blank=True, default=dict, verbose_name='tagline')),
                    ('introduction', models.JSONField(blank=True, default=dict, verbose_name='introduction')),
                    ('opening_hours', models.JSONField(blank=True, default=dict, verbose_name='opening hours')),
                    ('home_picture', models.CharField(blank=True, max_length=100, verbose_name='picture of the home page')),
                    ('logo', models.CharField(blank=True, max_length=100, verbose_name='logo')),
                    ('one_stop_shop', models.BooleanField(default=False, help_text='Consumers in other EU countries pay the VAT of their own country. Your prices stay the same.', verbose_name='One Stop Shop (OSS)')),
                    ('small_business', models.BooleanField(default=False, help_text='You charge no VAT at all, and your invoices say so. In Germany § 19 UStG, in the Netherlands KOR.', verbose_name='small-business scheme')),
                    ('tax_number', models.CharField(blank=True, help_text='Needed on invoices if you have no VAT number.', max_length=40, verbose_name='tax number')),
                    ('vat_rates', models.JSONField(blank=True, default=dict, help_text='Rates in per cent, by country and tax class; others are as listed.')),
                    ('guest_checkout', models.BooleanField(db_default=True, default=True, help_text='Whether customers can order without an account. If not, they sign in before the checkout.', verbose_name='guest checkout')),
                    ('reminder_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='payment reminder (days)')),
                    ('staff_log_days', models.PositiveSmallIntegerField(db_default=365, default=365, verbose_name='days that the staff log is kept')),
                    ('credit_note_prefix', models.CharField(blank=True, db_default='C', default='C', max_length=4, verbose_name='credit note number prefix')),
                    ('invoice_prefix', models.CharField(blank=True, db_default='', default='', max_length=4, verbose_name='invoice number prefix')),
                ],
                options={
                    'verbose_name': 'store settings',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('pk', 1)), name='store_settings_has_one_row'),
                        models.CheckConstraint(condition=models.Q(('accounts_enabled', True), ('guest_checkout', True), _connector='OR'), name='somebody_can_order'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='WorkerSeen',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('seen_at', models.DateTimeField(db_index=True)),
                ],
            ),
        ]),
        TrigramExtension(),
        migrations.RunPython(make_search_index, migrations.RunPython.noop),
    ]
